import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A module in the bundler's statistics; concatenated ones are inside another. */
interface Module {
  readonly identifier?: string
  readonly nameForCondition?: string | null
  readonly chunks?: readonly (string | number)[]
  readonly modules?: readonly Module[]
}

/** Names of the packages that a bundle holds code of, by the bundler's own statistics. */
export function packagesOf(statsPath: string): string[] {
  const names = new Set<string>()
  const visit = (module: Module, isInside: boolean): void => {
    const isBundled = isInside || (module.chunks?.length ?? 0) > 0
    // Before the last `!` of an identifier stand the loaders, which are in no bundle.
    const path = module.nameForCondition ?? module.identifier?.split('!').at(-1) ?? ''
    if (isBundled)
      for (const [, name = ''] of path.matchAll(/node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/|!?]+)/g))
        names.add(name.replaceAll('\\', '/'))
    for (const inner of module.modules ?? []) visit(inner, isBundled)
  }
  const stats: { readonly modules: readonly Module[] } = JSON.parse(readFileSync(statsPath, 'utf8'))
  for (const module of stats.modules) visit(module, false)
  return [...names].toSorted()
}

/** The entries of a `licenses.txt`: the name of a package, its license, the text. */
export function entriesOf(text: string, names: readonly string[]): Map<string, string> {
  const known = new Set(names)
  const entries = new Map<string, string>()
  let current: string | undefined
  for (const line of text.split('\n'))
    if (known.has(line) && !entries.has(line)) {
      current = line
      entries.set(line, '')
    } else if (current !== undefined) entries.set(current, `${entries.get(current) ?? ''}${line}\n`)
  return entries
}

/** A text shorter than this names a license and does not have it. */
export const shortestLicense = 200

/** What stands in place of a license where a package states none. */
export const unstated = 'Its package states no license and brings none.'

/** Gives a bundle's `licenses.txt` what the bundler left out: packages it overlooked, and the text of a license that a package only names. */
export function completeLicenses(folder: string, statsPath: string, root: string): void {
  const path = join(folder, 'licenses.txt')
  if (!existsSync(path)) return
  const text = readFileSync(path, 'utf8')
  const names = packagesOf(statsPath)
  const entries = entriesOf(text, names)
  const added = names
    .filter((name) => (entries.get(name) ?? '').trim().length < shortestLicense)
    .map((name) => `${name}\n${licenseOf(name, root)}\n`)
  if (added.length > 0) writeFileSync(path, `${text.trimEnd()}\n\n${added.join('\n')}`)
}

interface Manifest {
  readonly license?: string
  readonly author?: string | { readonly name?: string }
}

function manifestOf(name: string, root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
}

function licenseOf(name: string, root: string): string {
  const folder = join(root, 'node_modules', name)
  const stated = manifestOf(name, root).license
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)\b/i.test(entry))
  if (file !== undefined) return `${stated ?? ''}\n${readFileSync(join(folder, file), 'utf8')}`
  if (stated === undefined) return unstated
  if (!stated.startsWith('MIT')) throw new Error(`${name} is licensed under ${stated} and brings no text of it`)
  return `${stated}, by its package; it brings no license file\n${mit(name, root)}`
}

function mit(name: string, root: string): string {
  const { author } = manifestOf(name, root)
  const holder = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`)
  return `The MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`
}
