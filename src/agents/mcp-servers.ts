import { isObject } from '../core/is-object.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Task } from '../core/task.ts'

/** A server of `mcp`: a program that is started, or an address. */
export interface McpServer {
  readonly name: string
  /** Program and arguments; empty where it is an address. */
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** As it is written, for CLIs that take it so. */
  readonly written: JsonObject
}

/** The servers of an MCP configuration, in its order, for CLIs that write them in a way of their own. */
export function mcpServersOf({ mcp }: Pick<Task, 'mcp'>): McpServer[] {
  const servers = mcp?.['mcpServers']
  if (!isObject(servers)) return []
  return Object.entries(servers).flatMap(([name, written]) => {
    if (!isObject(written)) return []
    const { command, args, env, url, headers } = written
    return [
      {
        name,
        command: typeof command === 'string' ? [command, ...textsIn(args)] : [],
        env: textsOf(env),
        url: typeof url === 'string' ? url : '',
        headers: textsOf(headers),
        written,
      },
    ]
  })
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

const textsIn = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(textOf) : [])

const textsOf = (value: Json | undefined): Record<string, string> =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, textOf(text)])) : {}
