import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createDiagnostics } from '../../src/workflow/diagnostics.ts'
import { createOrigins } from '../../src/workflow/origins.ts'
import { readYaml, type SliceLimits } from '../../src/workflow/read-yaml.ts'
import { createSourceFile } from '../../src/workflow/source-file.ts'
import { goldenNames, goldenText } from './golden-files.ts'

function read(text: string, limits?: SliceLimits) {
  const file = createSourceFile('file.yml', text)
  const diagnostics = createDiagnostics()
  const origins = createOrigins(file)
  const value = readYaml(file, origins, diagnostics, limits)
  const places: unknown[] = []
  const visit = (plain: unknown, depth: number): void => {
    if (typeof plain !== 'object' || plain === null || depth > 6) return
    for (const key of Object.keys(plain)) {
      places.push([key, origins.ofKey(plain, key), origins.ofValue(plain, key)])
      visit(Reflect.get(plain, key), depth + 1)
    }
  }
  visit(value, 0)
  return { value, places, diagnostics: diagnostics.sorted(['file.yml']) }
}

/** Many entries of every kind, so that pieces end everywhere. */
function longText(): string {
  const entries = Array.from(
    { length: 300 },
    (_, at) =>
      `  # entry ${at}\n  n${at}: &n${at}\n    run: |\n      echo ${at}\n\n      echo done\n    env: { A: "${at}", B: [1, 2] }\n` +
      (at % 7 === 0 ? `    <<: *common\n` : '') +
      (at % 11 === 0 ? `\n  alias${at}: *n${at}\n` : ''),
  )
  const extensions = Array.from({ length: 200 }, (_, at) => `x-${at}: { a: ${at} }\n`).join('')
  return `# start\nx-common: &common\n  timeout-minutes: 5\n${extensions}instances: &all\n${entries.join('')}\nreport:\n  summary: true\nx-copy: *all\n`
}

describe('reading in slices', () => {
  it('gives what reading at once gives, for every golden and slice', () => {
    for (const kind of ['ok', 'err'] as const)
      for (const name of goldenNames(kind)) {
        const text = goldenText(kind, name)
        const atOnce = read(text)
        for (const sliceSize of [1, 7, 64]) assert.deepEqual(read(text, { streamFrom: 0, sliceSize }), atOnce, name)
      }
  })

  it('gives what reading at once gives, for a long text', () => {
    const text = longText()
    const atOnce = read(text, { streamFrom: Number.POSITIVE_INFINITY, sliceSize: 1 })
    assert.deepEqual(atOnce.diagnostics, [])
    for (const sliceSize of [100, 1000, 4096]) assert.deepEqual(read(text, { streamFrom: 0, sliceSize }), atOnce)
    const windows = text.replaceAll('\n', '\r\n')
    assert.deepEqual(
      read(windows, { streamFrom: 0, sliceSize: 999 }),
      read(windows, { streamFrom: Number.POSITIVE_INFINITY, sliceSize: 1 }),
    )
  })

  it('finds the same mistakes in a long text', () => {
    const broken = longText()
      .replace('  n250: &n250', '  n100: &n250')
      .replace('  n200: &n200\n    run: |', '  n200: &n200\n    __proto__: x\n    run: |')
    const syntax = longText().replace('  n250: &n250', '   n250: &n250')
    for (const text of [broken, syntax, `${longText()}---\na: 1\n`, `${longText()}instances: {}\n`]) {
      const atOnce = read(text, { streamFrom: Number.POSITIVE_INFINITY, sliceSize: 1 })
      assert.ok(atOnce.diagnostics.length > 0)
      const inSlices = read(text, { streamFrom: 0, sliceSize: 1000 })
      assert.deepEqual(
        inSlices.diagnostics.map(({ code, range }) => [code, range]),
        atOnce.diagnostics.map(({ code, range }) => [code, range]),
      )
    }
  })
})
