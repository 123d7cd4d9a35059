import { readFileSync } from 'node:fs'

/** A module in the bundler's statistics: what it is called by in the bundle, and the file it was made of, or the first of several. */
interface Module {
  readonly id?: string | number | null
  readonly name?: string
}

/** What our own modules are called by in a bundle, by the bundler's statistics. */
export function ownModules(statsPath: string): Set<string> {
  const stats: { readonly modules: readonly Module[] } = JSON.parse(readFileSync(statsPath, 'utf8'))
  return new Set(stats.modules.filter(({ name }) => name?.startsWith('./build/')).map(({ id }) => String(id)))
}

const moduleText = /^(\/\*\*\*\/ (\d+):\n\/\*\*\*\/ .*\{\n)([^]*?)^\/\*\*\*\/ \}\)/gm
const exportsText =
  /^(?:\/\* harmony export \*\/ |\/\/ EXPORTS\n)__(?:webpack|nccwpck)_require__\.d\(__webpack_exports__, \{\n([^]*?)^(?:\/\* harmony export \*\/ )?\}\);\n/m
const exportText = /^(?:\/\* harmony export \*\/)? *"?([\w$]+)"?: \(\) => \((.+)\),?$/

/**
 * Makes values of what our modules export, where webpack defines a function for each that answers with it: a start compiles and calls hundreds of them, and every call
 * from one module into another goes through one. They are for modules that import one another and for variables that change. The linter allows neither, so that a module is
 * through when another reads it. Throws where it does not understand what webpack wrote.
 */
export function exportValues(bundle: string, own: ReadonlySet<string>): string {
  return bundle.replaceAll(moduleText, (whole: string, head: string, id: string, body: string) => {
    // One that waits as it is loaded is imported before it is through.
    if (!own.has(id) || body.includes('_require__.a(')) return whole
    const [definition, lines = ''] = exportsText.exec(body) ?? []
    if (definition === undefined && !body.includes('_require__.d(__webpack_exports__')) return whole
    if (definition === undefined) throw new Error(`webpack exports in another way: ${body.slice(0, 500)}`)
    const values = lines
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [, name, value] = exportText.exec(line) ?? []
        if (name === undefined) throw new Error(`webpack exports in another way: ${line}`)
        return `__webpack_exports__.${name} = ${value};\n`
      })
    return `${head}${body.replace(definition, '')}${values.join('')}\n/***/ })`
  })
}
