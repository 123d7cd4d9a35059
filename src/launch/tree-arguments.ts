import { statSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { isObject } from '../core/is-object.ts'
import type { Json } from '../core/json.ts'
import type { Task } from '../core/task.ts'
import { leadsInto } from '../process/outside-path.ts'

/** Longest path there is on Linux. */
const pathLimit = 4096

/**
 * The argument of an agent (of the instance, or of what the file declares as its command), or of a server in its MCP configuration, that names something of the working tree: whoever made the tree would decide
 * what the agent does. Undefined when there is none.
 */
export function findTreeArgument(
  task: Pick<Task, 'args' | 'mcp'>,
  declared: readonly string[],
  cwd: string,
  tree: string,
): string | undefined {
  const names = (text: string, before?: string): boolean =>
    before !== '--add-dir' && pathsIn(text).some((path) => isOfTree(path, cwd, tree))
  const [program = '', ...rest] = declared
  // A program without a slash is looked for on the PATH, which leads to none of a stranger's tree.
  if (/[\\/]/.test(program) && names(program)) return program
  const args = [...rest, ...task.args]
  const own = args.find((argument, index) => names(argument, args[index - 1]))
  return own ?? commandsOf(task.mcp).find(([text, isProgram]) => (!isProgram || /[\\/]/.test(text)) && names(text))?.[0]
}

/** What an argument could name: itself, the value behind its `=`, and that without quotes. */
function pathsIn(argument: string): string[] {
  const value = argument.slice(argument.indexOf('=') + 1)
  return [argument, value, value.replaceAll(/^["'[\s]+|["'\]\s]+$/g, '')].filter(
    (path) => path !== '' && path.length < pathLimit && !/[\0\n]/.test(path),
  )
}

/** A folder of that name counts only where it is written as a path: `--model docs` is none. */
function isOfTree(path: string, cwd: string, tree: string): boolean {
  const absolute = isAbsolute(path) ? path : resolve(cwd, path)
  if (!leadsInto(absolute, tree) || absolute === resolve(tree) || absolute === resolve(cwd)) return false
  const found = statSync(absolute, { throwIfNoEntry: false })
  return found !== undefined && (found.isFile() || /[\\/]|^\./.test(path))
}

/** Programs and arguments of MCP servers, and whether each is a program, which without a slash is looked for on the PATH. */
function commandsOf(mcp: Task['mcp']): (readonly [string, boolean])[] {
  const servers = isObject(mcp?.['mcpServers']) ? Object.values(mcp['mcpServers']) : []
  const texts = (value: Json | undefined): string[] =>
    Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
  return servers
    .filter(isObject)
    .flatMap((server) => [
      ...(typeof server['command'] === 'string' ? [[server['command'], true] as const] : []),
      ...texts(server['args']).map((text) => [text, false] as const),
    ])
}
