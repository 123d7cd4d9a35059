import { definitionTables, fileTable } from '../../src/workflow/schema-table.ts'

/** The whole generated table, parsed: the schema of a file with the definitions it refers to. */
export function parseSchema<Node>(): Node & { readonly definitions: Readonly<Record<string, Node>> } {
  const definitions = Object.entries(definitionTables).map(([name, text]) => [name, JSON.parse(text)])
  return { ...JSON.parse(fileTable), definitions: Object.fromEntries(definitions) }
}
