import type { GroupInstance, VariantRule } from './instance.ts';
import type { JsonObject } from './json.ts';
/** What of a run a choice is made by: all of it stands in `run.started`. */
export interface VariantFacts {
    readonly commit: string | null;
    /** Ids asked for with `--only`. */
    readonly only: readonly string[] | null;
    readonly context: {
        readonly github: JsonObject;
    };
}
/** Which variants run, and why, as a clause. */
export interface VariantChoice {
    readonly names: readonly string[];
    readonly why: string;
}
/**
 * Chooses among the variants that are a group's members; undefined for a group without a rule. The same facts give the same choice, wherever and how
 * often it is asked: in a resumed run, a re-run, and in every round of a repeated group.
 */
export declare function chooseVariant(group: GroupInstance, facts: VariantFacts): VariantChoice | undefined;
/** The label that chooses a variant. */
export declare function variantLabel(id: string, name: string, { labels }: VariantRule): string;
/** How often a variant comes, in relation to the others. */
export declare function variantWeight(name: string, { weights }: VariantRule): number;
