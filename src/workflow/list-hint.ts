import { isObject } from '../core/is-object.ts'

/** How to write a list, as other tools have it, as the map by name that must be there: with its own first item as the example. */
export function listHint(list: readonly unknown[], takesText: boolean): string {
  const [item] = list
  const example = exampleOf(item, takesText)
  if (example === undefined) return 'Write each item under its name, without the dash: `name: …`.'
  const naming = isObject(item) ? ['id', 'name'].find((key) => typeof item[key] === 'string') : undefined
  return `Write each item under its ${naming ?? 'name'}, without the dash: \`${example}\`.`
}

function exampleOf(item: unknown, takesText: boolean): string | undefined {
  if (typeof item === 'string') {
    const name = /^([A-Za-z_][\w-]{0,60})(?:[=:]|$)/.exec(item)?.[1]
    return name === undefined ? undefined : `${name}: …`
  }
  if (!isObject(item)) return undefined
  const keys = Object.keys(item)
  const id = [item['id'], item['name']].find((value) => typeof value === 'string')
  const first = keys.find((key) => key !== 'id' && key !== 'name' && isName(key))
  if (id === undefined && first !== undefined && keys.length === 1 && (takesText || isObject(item[first])))
    return `${first}: …`
  const name =
    id
      ?.replaceAll(/[^\w-]+/g, '-')
      .replace(/^[^A-Za-z_]+/, '')
      .slice(0, 60) || 'name'
  return first === undefined ? `${name}: …` : `${name}: { ${first}: … }`
}

function isName(text: string): boolean {
  return /^[A-Za-z_][\w-]{0,60}$/.test(text)
}
