/// score_tone.ts: how a score is painted. Three tones, not a rainbow: what passed is calm, what
/// failed stands out, what lies between is in between. Never the only sign: a word or number is with it.

export type Tone = "pass" | "partial" | "fail" | "none";

export function score_tone(score: number | null | undefined): Tone {
    if (score === null || score === undefined) return "none";
    if (score >= 1) return "pass";
    return score < 0.5 ? "fail" : "partial";
}
