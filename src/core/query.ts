import type { Json } from './json.ts'

type Engine = Pick<typeof import('@jmespath-community/jmespath'), 'compile' | 'search'>

let engine: Engine | undefined

/** Loads JMESPath, which whoever uses queries waits for first: only files with `runtimes` have any. */
export async function loadQueries(): Promise<void> {
  engine ??= await import('@jmespath-community/jmespath')
}

/** Whether a file may hold a query of ours, so that JMESPath is worth loading before it is read. */
export function mentionsQuery(text: string): boolean {
  return /\bruntimes["']?\s*:/.test(text)
}

/** Why a text is no JMESPath (https://jmespath.site/main/#specification); undefined when it is one. */
export function queryProblem(source: string): string | undefined {
  try {
    loaded().compile(source)
    return undefined
  } catch (error) {
    return explain(error)
  }
}

/** What a JMESPath finds, null where it finds nothing; or why it could not be asked, such as a sum over what is no number. */
export function runQuery(source: string, data: Json): { readonly value: Json } | { readonly problem: string } {
  try {
    // What the engine is given and gives back is JSON; it has a type of its own for it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as said above
    return { value: (loaded().search(data as Parameters<Engine['search']>[0], source) ?? null) as Json }
  } catch (error) {
    return { problem: explain(error) }
  }
}

function loaded(): Engine {
  if (engine === undefined) throw new Error('JMESPath is not loaded')
  return engine
}

function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/^(?:Syntax error|Error): /, '').replace(/\.$/, '')
}
