import { isObject } from '../core/is-object.ts'

/** How to write a list, as other tools have it, as the map by name that must be there: with its own first item as the example. */
export function listHint(list: readonly unknown[]): string {
  const [item] = list
  const example = exampleOf(item)
  if (example === undefined) return 'Write each item under its name, without the dash: `name: …`.'
  const naming = isObject(item) ? ['id', 'name'].find((key) => typeof item[key] === 'string') : undefined
  return `Write each item under its ${naming ?? 'name'}, without the dash: \`${example}\`.`
}

function exampleOf(item: unknown): string | undefined {
  if (typeof item === 'string') {
    const name = /^([A-Za-z_][\w-]{0,60})(?:[=:]|$)/.exec(item)?.[1]
    return name === undefined ? undefined : `${name}: …`
  }
  if (!isObject(item)) return undefined
  const keys = Object.keys(item)
  const id = [item['id'], item['name']].find((value) => typeof value === 'string')
  if (id === undefined) {
    const [only] = keys
    return keys.length === 1 && only !== undefined && isName(only) ? `${only}: …` : undefined
  }
  const name = isName(id) ? id : id.replaceAll(/[^\w-]+/g, '-').replace(/^[^A-Za-z_]+/, '') || 'name'
  const first = keys.find((key) => key !== 'id' && key !== 'name')
  return first === undefined || !isName(first) ? `${name.slice(0, 60)}: …` : `${name.slice(0, 60)}: { ${first}: … }`
}

function isName(text: string): boolean {
  return /^[A-Za-z_][\w-]{0,60}$/.test(text)
}
