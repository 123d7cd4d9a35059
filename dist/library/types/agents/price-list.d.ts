import { type ModelPrice } from '../core/price.ts';
/** What is known of a model's price. */
export interface ListedPrice {
    readonly price: ModelPrice;
    /** `file`: the orchestration file says it; `list`: a list has this very model; `similar`: a list has one like it. */
    readonly basis: 'file' | 'list' | 'similar';
}
/** Finds prices by the id of a model as its provider says it, and whose it is (`anthropic`, `openai`, `google`; others have no list). */
export interface PriceList {
    find(model: string, provider: string): Promise<ListedPrice | undefined>;
    /** Whether the orchestration file has prices, which hold over what a CLI says. */
    readonly ofFile: boolean;
}
/** The prices of a file first, then Claude Code's own, then those of `@pydantic/genai-prices`, which is loaded when it is the one to ask. */
export declare function createPriceList(ofFile: Readonly<Record<string, ModelPrice>>): PriceList;
/** Whose models the list is asked for, by its ids of vendors; the others are left out of the bundle. */
export declare const listedProviders: ReadonlySet<string>;
