import type { Instance } from './instance.ts';
/**
 * A node with other ids wherever it names nodes: its own, its edges, its place, and all that of what it is yet to be expanded to. `fill` changes
 * each of them further, given the node as it was.
 */
export declare function renameNode(node: Instance, id: (of: string) => string, fill?: (renamed: Instance, from: Instance) => Instance): Instance;
