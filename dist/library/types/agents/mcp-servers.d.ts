import type { JsonObject } from '../core/json.ts';
import type { Task } from '../core/task.ts';
/** A server of `mcp`: a program that is started, or an address. */
export interface McpServer {
    readonly name: string;
    /** Program and arguments; empty where it is an address. */
    readonly command: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    /** As it is written, for CLIs that take it so. */
    readonly written: JsonObject;
}
/** The servers of an MCP configuration, in its order, for CLIs that write them in a way of their own. */
export declare function mcpServersOf({ mcp }: Pick<Task, 'mcp'>): McpServer[];
