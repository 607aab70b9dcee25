/// build_evaluators_page_data.ts: what is evaluated, by whom, and every check that could be.
import type { Catalogue, Dimensions } from "../../api/types";
import { words } from "../../lib/format";

export interface CheckCard {
    name: string;
    version: number;
    says: string;
    takes: { name: string; says: string; example: string; required: boolean }[];
    /// How it would stand in plimsoll.yaml.
    configured: string;
    example_interaction: string;
    example_score: string;
    /// Which dimension uses it, under which name.
    used_by: { dimension: string; evaluator: string }[];
}

export interface DimensionCard {
    name: string;
    title: string;
    says: string;
    owner: string;
    rotation: string[];
    notify: string[];
    evaluators: { name: string; check: string; version: string; says: string; parameters: string; where: string }[];
}

export interface EvaluatorsPageData {
    dimensions: DimensionCard[];
    used: CheckCard[];
    unused: CheckCard[];
    slices: string[];
}

const as_json = (value: unknown) => typeof value === "string" ? value : JSON.stringify(value);

export function build_evaluators_page_data(catalogue: Catalogue, configured: Dimensions): EvaluatorsPageData {
    const cards = catalogue.checks.map((check): CheckCard => ({
        name: check.name,
        version: check.version,
        says: check.says,
        takes: check.takes.map((one) => ({ ...one, example: as_json(one.example) })),
        configured: configured_as(check.name, check.example.params),
        example_interaction: JSON.stringify(check.example.interaction, null, 2),
        example_score: String(check.example.score),
        used_by: configured.dimensions.flatMap((dimension) => dimension.evaluators
            .filter((evaluator) => evaluator.check === check.name)
            .map((evaluator) => ({ dimension: dimension.name, evaluator: evaluator.name }))),
    }));
    return {
        dimensions: configured.dimensions.map((dimension) => ({
            name: dimension.name,
            title: words(dimension.name),
            says: dimension.says,
            owner: dimension.owner,
            rotation: configured.owners[dimension.owner]?.rotation ?? [],
            notify: configured.owners[dimension.owner]?.notify ?? [],
            evaluators: dimension.evaluators.map((evaluator) => ({
                name: evaluator.name, check: evaluator.check, version: evaluator.version, says: evaluator.says,
                parameters: Object.entries(evaluator.parameters ?? {}).map(([name, value]) => `${name}: ${as_json(value)}`).join("\n"),
                where: Object.entries(evaluator.where ?? {}).map(([name, value]) => `${name} is ${value}`).join(" and "),
            })),
        })),
        used: cards.filter(({ used_by }) => used_by.length > 0),
        unused: cards.filter(({ used_by }) => used_by.length === 0),
        slices: configured.slices,
    };
}

/// {phrases: ["as an AI"]} → `- {check: banned_phrase, phrases: ["as an AI"]}`: JSON is YAML.
export function configured_as(check: string, params: unknown): string {
    const object = params && typeof params === "object" ? Object.entries(params) : [];
    return `- {${[["check", check], ...object.map(([name, value]) => [name, JSON.stringify(value)])]
        .map(([name, value]) => `${name}: ${value}`).join(", ")}}`;
}
