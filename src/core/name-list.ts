/** Whether a name is in a list, in which `*` stands for anything; case does not count. */
export function isNamed(name: string, list: readonly string[]): boolean {
  return list.some((pattern) => matches(pattern, name))
}

function matches(pattern: string, name: string): boolean {
  const [first = '', ...others] = pattern.toLowerCase().split('*')
  let rest = name.toLowerCase()
  if (!rest.startsWith(first)) return false
  if (others.length === 0) return rest === first
  rest = rest.slice(first.length)
  const last = others.pop() ?? ''
  for (const part of others) {
    const at = rest.indexOf(part)
    if (at === -1) return false
    rest = rest.slice(at + part.length)
  }
  return rest.endsWith(last)
}
