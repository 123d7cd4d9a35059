import type { Task } from '../core/task.ts';
/**
 * The argument of an agent (of the instance, or of what the file declares as its command), or of a server in its MCP configuration, that names something of the working tree: whoever made the tree would decide
 * what the agent does. Undefined when there is none.
 */
export declare function findTreeArgument(task: Pick<Task, 'args' | 'mcp'>, declared: readonly string[], cwd: string, tree: string): string | undefined;
