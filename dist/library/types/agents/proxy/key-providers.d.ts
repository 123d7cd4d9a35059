import type { ProxiedKey } from '../agent.ts';
/** What a model's name says of its provider: `provider/model`. */
export declare const providerOf: (model: string | undefined) => string;
/** The base URL of a provider, ours in the place of its own. */
export declare const ledBase: (provider: string, baseUrl: string) => string;
/**
 * The key of the provider that a model names, for a CLI which knows these providers and looks for a key in each of these variables. All of them are
 * withheld: it would ask another provider with another key.
 */
export declare function findProviderKey(known: readonly string[], variables: readonly string[]): ProxiedKey['find'];
