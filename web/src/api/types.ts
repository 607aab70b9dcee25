/// types.ts: what the server says, as it says it (/api/v1/openapi.json).
///
/// Times are ISO-8601 UTC strings, ids lower-case hex. What a sender left out is "" or absent, never
/// a guess; a mean that cannot be given is null and travels with its counts.

export type Time = string;

export interface Status {
    version: string;
    now: Time;
    started: Time;
    configuration: string;
    configuration_file: string;
    journal: {
        head_seq: number;
        rows: number;
        raw_bytes: number;
        disk_bytes: number;
        commits: number;
        /// Why senders are told to come back; "" when they are not.
        refusing: string;
        damage: { file: string; first_seq: number; last_seq: number; why: string }[];
    };
    facts: {
        /** Up to here no open trace needs the journal. */
        applied_seq: number;
        /** Up to here the journal was read. */
        read_seq: number;
        interactions: number;
        spans: number;
        scores: number;
        disk_bytes: number;
        rebuilding: { done: number } | null;
    };
    intake: {
        requests: number;
        spans_accepted: number;
        spans_rejected: number;
        strings_repaired: number;
        malformed: number;
        too_large: number;
        come_back: number;
        bytes: number;
    };
    open_traces: number;
    budget: { used: number; bytes_max: number };
    /// Grows whenever facts changed.
    generation: number;
    time_range: { from: Time; to: Time } | null;
    endpoints: { grpc: string; http: string; page: string };
}

export interface CheckDescriptor {
    name: string;
    version: number;
    dimension: string;
    says: string;
    takes: { name: string; says: string; example: unknown; required: boolean }[];
    example: { params: unknown; interaction: unknown; score: number };
}

export interface Catalogue {
    checks: CheckDescriptor[];
}

export interface DimensionEvaluator {
    name: string;
    check: string;
    version: string;
    says: string;
    parameters: Record<string, unknown>;
    where: Record<string, string>;
}

export interface Dimensions {
    dimensions: { name: string; says: string; owner: string; evaluators: DimensionEvaluator[] }[];
    owners: Record<string, { rotation?: string[]; notify?: string[] }>;
    slices: string[];
}

export type Interval = [number, number];

export interface ScorecardEvaluator {
    name: string;
    check: string;
    version: string;
    kind: string;
    mean: number | null;
    interval: Interval | null;
    scored: number;
    unscored: number;
    reasons: Record<string, number>;
    /// Judges only: the mean of their sample as it is, and what people's labels make of it.
    naive_mean?: number | null;
    naive_interval?: Interval | null;
    interval_method?: string;
    by_labels?: { labels: number; drawn: boolean; mean: number | null; interval: Interval | null; method: string; why: string; notes: string[] };
}

export interface TrendPoint {
    time: Time;
    mean: number | null;
    scored: number;
    unscored: number;
}

export interface ScorecardDimension {
    name: string;
    says: string;
    owner: string;
    on_call: string;
    scored: number;
    unscored: number;
    mean: number | null;
    interval: Interval | null;
    interval_method: string;
    previous: { mean: number | null; scored: number; unscored: number; from: Time; to: Time } | null;
    trend: TrendPoint[];
    evaluators: ScorecardEvaluator[];
}

export interface Scorecard {
    from: Time;
    to: Time;
    step_s: number;
    interactions: number;
    failed: number;
    dimensions: ScorecardDimension[];
}

export interface InteractionRow {
    id: string;
    revision: number;
    recognised: boolean;
    incomplete: boolean;
    failed: boolean;
    start: Time;
    duration_ms: number;
    service: string;
    environment: string;
    session: string;
    user: string;
    provider: string;
    model: string;
    prompt: string;
    question: string;
    answer: string;
    input_tokens: number | null;
    output_tokens: number | null;
    cost_usd: number | null;
    first_token_s: number | null;
    spans: number;
    /// Dimension → score. A dimension that is not here has none.
    scores: Record<string, number | null>;
}

export interface InteractionList {
    total: number;
    interactions: InteractionRow[];
    next: string | null;
}

export interface Verdict {
    dimension: string;
    evaluator: string;
    check: string;
    version: string;
    score: number | null;
    reason: string;
    explanation: string;
    inclusion: number;
    /// The text it is about. Bytes [begin, end) of a part of the step's output.
    marks?: { step: string; message: number; part: number; begin: number; end: number; why: string }[];
}

export type PartKind = "text" | "reasoning" | "tool_call" | "tool_result" | "media" | "other";

export interface Part {
    kind: PartKind;
    text?: string;
    id?: string;
    name?: string;
    json?: string;
    is_error?: boolean;
}

export interface Message {
    role: string;
    role_sent?: string;
    name?: string;
    finish_reason?: string;
    parts: Part[];
}

export interface Tokens {
    input?: number | null;
    output?: number | null;
    cache_read?: number | null;
    cache_write?: number | null;
    reasoning?: number | null;
}

/// One span, understood. In a trace of many spans the list holds light steps: no content.
export interface Step {
    id: string;
    parent: string;
    name: string;
    kind: string;
    /// Relative to the start of the interaction.
    start_ms: number;
    duration_ms: number;
    failed: boolean;
    light?: boolean;
    error_type?: string;
    error_message?: string;
    provider?: string;
    operation?: string;
    model_requested?: string;
    model_answered?: string;
    response_id?: string;
    parameters?: Record<string, unknown>;
    system?: string;
    input?: Message[];
    output?: Message[];
    tools?: { name: string; description?: string; parameters_json?: string }[];
    documents?: { id?: string; text?: string; score?: number | null; metadata_json?: string }[];
    query?: string;
    tool_name?: string;
    tool_call_id?: string;
    tool_arguments?: string;
    tool_result?: string;
    content?: "absent" | "full" | "truncated" | "unparsable";
    tokens?: Tokens;
    cost_usd?: number | null;
    first_token_s?: number | null;
    counts_tokens?: boolean;
    session?: string;
    user?: string;
    agent?: string;
    prompt_name?: string;
    prompt_version?: string;
    finish_reasons?: string[];
    dropped?: number;
    scope?: string;
    sources?: { field: string; key: string; convention: string }[];
    has_more?: boolean;
    /// Only from /steps/{span id}: key → JSON as sent.
    attributes?: { key: string; json: string }[];
}

export interface Trace {
    interaction: InteractionRow & {
        attributes?: Record<string, string>;
        resource?: Record<string, unknown>;
        versions?: { model?: string; prompt?: string; judge?: string; dataset?: string; rubric?: string };
        configuration?: string;
    };
    verdicts: Verdict[];
    steps: Step[];
}

export interface Facets {
    facets: { name: string; values: { value: string; count: number }[] }[];
}

/// One statistic; the reason stands in `undefined` where it has no value or no interval.
export interface AgreementLine {
    name: string;
    value: number | null;
    low: number | null;
    high: number | null;
    method: string;
    undefined?: string;
}

export interface Spending { requests: number; usd: number; usd_possible: number; input_tokens: number; output_tokens: number }

export interface JudgeWork {
    name: string;
    definition: string;
    model: string;
    rate: number;
    usd_per_day: number | null;
    today: Spending;
    total: Spending;
    due: number;
    in_flight: number;
    scored: number;
    from_cache: number;
    unscored: Record<string, number>;
    left_out: Record<string, number>;
    waits: string;
    sentinels: {
        state: "off" | "waits" | "freezing" | "watches" | "refused" | "";
        why: string;
        items: number;
        frozen: Time | null;
        flip_rate: number | null;
        last_run: Time | null;
        last: { run: "quiet" | "fired" | "new_model" | "void"; scored: number; flips: number; alarm_at: number } | null;
    };
}

export interface OverlapShare { value: number | null; low: number | null; high: number | null; undefined: string }

export interface OverlapPair {
    a: string;
    b: string;
    advice: "insufficient" | "independent" | "merge" | "B implied by A" | "A implied by B" | "shared cause";
    interactions: number;
    failures_a: number;
    failures_b: number;
    phi: OverlapShare;
    jaccard: OverlapShare;
    b_given_a: OverlapShare;
    a_given_b: OverlapShare;
    association_p: number;
}

export interface Overlap {
    from: Time;
    to: Time;
    dimensions: string[];
    effective: number;
    advice: string;
    pairs: OverlapPair[];
}

export type TrustWord = "closed" | "provisional" | "open";

export interface EvaluatorTrust {
    dimension: string;
    evaluator: string;
    kind: string;
    version: string;
    rubric: string;
    trust: TrustWord;
    why: string;
    probability: number | null;
    threshold: number;
    labels_needed: { towards?: string; even?: number; likely?: number; undefined?: string };
    scale: string;
    figures: {
        items: number;
        compared: number;
        without_judge: number;
        without_people: number;
        people_split: number;
        labels: number;
        agreement: AgreementLine[];
        among_people: AgreementLine[];
        judge_and_one_person: AgreementLine | null;
        ceiling: { judge_max?: number; against_truth?: number; cut_at_one?: boolean; undefined?: string };
    };
    weighted: boolean;
    left_out: number;
    unsure: number;
    by_hand: number;
    confusion: { both_fail: number; only_evaluator_fails: number; only_people_fail: number; both_pass: number };
    weeks: { begins: Time; labels: number; agreement: AgreementLine; trust: TrustWord; probability: number | null; why: string }[];
    slices: { attribute: string; value: string; labels: number; agreement: AgreementLine; probability: number | null; useless: boolean }[];
    misses: { interaction: string; score: number; people: number; labelled: Time }[];
    earlier: { version: string; labels: number; agreement: AgreementLine }[];
    suspended: Time | null;
    relabelling: "label_more" | "reopen" | "stay_closed" | "undecided" | null;
    due: Time | null;
}

export interface TrustEvent {
    time: Time;
    dimension: string;
    evaluator: string;
    version: string;
    step: "labels" | "new_version" | "suspended" | "compared";
    before: TrustWord | "";
    after: TrustWord;
    probability: number | null;
    why: string;
}

export interface TrustPage {
    computed: Time;
    evaluators: EvaluatorTrust[];
    events: TrustEvent[];
}

export interface LabelScale { kind: "binary" | "graded" | "classes"; answers: { name: string; score: number }[] }

export interface LabelQueue {
    dimension: string;
    says: string;
    rubric: { version: string; text: string };
    scale: LabelScale;
    items: { interaction: string; split: boolean }[];
    progress: { items: number; done: number; open_for_you: number; by_you: number; split: number };
    among_people: AgreementLine[];
}

export interface Label {
    interaction: string;
    dimension: string;
    annotator: string;
    rubric: string | null;
    score: number | "unsure";
    queued: string;
    inclusion: number | null;
    time: Time;
    note: string | null;
}

export interface LabelsPut {
    added: number;
    replaced: number;
    same: number;
    older: number;
}

export interface FindingCause {
    element: string;
    from: string;
    to: string;
    probability: number | null;
    effect: number;
    low: number;
    high: number;
}

/// What an analysis says: record/finding.h.
export interface Finding {
    id: string;
    kind: string;
    dimension: string;
    evaluator: string;
    version: string;
    service: string;
    slice: Record<string, string>;
    measure: string;
    worse: boolean;
    found: Time;
    since: Time;
    since_earliest: Time;
    since_latest: Time;
    ended: Time | null;
    before: number;
    before_low: number;
    before_high: number;
    after: number;
    after_low: number;
    after_high: number;
    change: number;
    change_low: number;
    change_high: number;
    sessions_before: number;
    sessions_after: number;
    pages: boolean;
    level: number;
    causes: FindingCause[];
    answer: string;
    replay: string[];
    says: string;
    worst: string[];
    related: string[];
    leader: string;
    run: string;
}

export interface NotYet {
    dimension: string;
    evaluator: string;
    service: string;
    attribute: string;
    value: string;
    sessions: number;
    why: string;
    ready: Time | null;
}

export interface FindingList {
    until: Time;
    watched: number;
    sharing: number;
    findings: Finding[];
    not_yet: NotYet[];
}

export interface Alert {
    id: string;
    state: "open" | "acknowledged" | "recovered" | "decided";
    urgency: "silent" | "note" | "ticket" | "page";
    critical: boolean;
    headline: string;
    dimension: string;
    service: string;
    slice: Record<string, string>;
    owner: string;
    asked: string;
    opened: Time;
    changed: Time;
    acknowledged: { by: string; time: Time } | null;
    recovered: Time | null;
    decided: { decision: string; by: string; time: Time; reason: string; link: string } | null;
    findings_count: number;
}

export interface Withheld {
    why: string;
    evaluator: string;
    labels_missing: number | null;
    finding: Finding;
}

export interface AlertList {
    alerts: Alert[];
    withheld: Withheld[];
}

export interface AlertStory extends Alert {
    story: { headline: string; what: string; where: string; since: string; why: string; how_sure: string; who: string; to_do: string; command: string; link: string };
    findings: Finding[];
    events: { time: Time; step: string; by: string; says: string; asked: string; told: Time; urgency: string; channels: string[] }[];
    notifications: { id: string; channel: string; step: string; state: string; attempts: number; due: Time; delivered: Time | null; error: string }[];
}

export interface RunRecord {
    seq: number;
    time: Time;
    kind: string;
    subject: string;
    tuple: unknown;
    from: Time | null;
    to: Time | null;
    inputs: string;
    configuration: string;
    methods: unknown;
    result: unknown;
    previous: string;
    hash: string;
}

export interface SeriesPoint {
    time: Time;
    sessions: number;
    value: number;
    low: number;
    high: number;
    expected_low: number | null;
    expected_high: number | null;
}

export interface VersionEvent {
    time: Time;
    element: string;
    from: string;
    to: string;
}

/// One evaluator's figure over time, of a service or of a slice of it: GET /series.
export interface SeriesChart {
    dimension: string;
    evaluator: string;
    version: string;
    service: string;
    attribute: string;
    value: string;
    measure: string;
    reference_from: Time;
    reference_to: Time;
    watched: boolean;
    why: string;
    ready: Time | null;
    level_worse: number;
    level_better: number;
    points: SeriesPoint[];
    events: VersionEvent[];
    findings: string[];
}

export interface SeriesList {
    until: Time;
    series: SeriesChart[];
}
