import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { before, describe, it } from 'node:test'
import { parse } from 'yaml'
import { compile } from '../../src/index.ts'
import { renderDiagnostics } from '../../src/report/diagnostic-text.ts'
import { acceptJsonImports } from './json-imports.ts'

const root = resolve(import.meta.dirname, '../..')
const textOf = (path: string): string => readFileSync(resolve(root, path), 'utf8')
const readFromRoot = (path: string): string | undefined => {
  try {
    return textOf(path)
  } catch {
    return undefined
  }
}

interface Snippet {
  /** `docs/x.md:12`, where its text begins. */
  readonly place: string
  readonly text: string
}

/** The ```yaml blocks of a page; an indented fence loses its indentation. */
function snippetsOf(page: string): Snippet[] {
  const text = textOf(page)
  return [...text.matchAll(/^( *)```ya?ml\n([^]*?)^ *```$/gm)].map(({ index, 1: indent = '', 2: body = '' }) => ({
    place: `${page}:${text.slice(0, index).split('\n').length + 1}`,
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }))
}

/** What a file is, by its first keys: the documentation shows three kinds, and pieces of them. */
function kindOf(text: string): 'orchestration' | 'workflow' | 'piece' {
  if (/^instances:/m.test(text)) return 'orchestration'
  return /^jobs:/m.test(text) ? 'workflow' : 'piece'
}

const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })]
const snippets = pages.flatMap(snippetsOf)
const examples = globSync('examples/*.{yml,yaml}', { cwd: root }).filter((path) => !path.includes('.simulation.'))
const workflows = globSync('.github/workflows/*.{yml,yaml}', { cwd: root })

let parser: typeof import('./workflow-files.ts')
before(async () => {
  acceptJsonImports()
  parser = await import('./workflow-files.ts')
})

describe('the documentation', () => {
  it('shows orchestration files and workflows', () => {
    const kinds = new Set(snippets.map(({ text }) => kindOf(text)))
    assert.ok(kinds.has('orchestration') && kinds.has('workflow'), [...kinds].join(' '))
  })

  it('names one and the same schema for editors everywhere', () => {
    const urls = pages.flatMap((page) =>
      [...textOf(page).matchAll(/yaml-language-server: \$schema=([^\s`]+)/g)].map((match) => match[1]),
    )
    assert.ok(urls.length > 1)
    assert.deepEqual(
      [...new Set(urls)],
      ['https://raw.githubusercontent.com/org/orchestrator-action/v1/schema/orchestrator.schema.json'],
    )
  })

  for (const { place, text } of snippets) {
    const kind = kindOf(text)
    if (kind === 'orchestration')
      it(`${place} is an orchestration file without mistakes`, () => {
        // A snippet may name files that the reader has.
        const { plan, diagnostics, sources } = compile(place, text, { read: (path) => readFromRoot(path) ?? '{}' })
        assert.ok(plan, renderDiagnostics(diagnostics, sources, 'text'))
      })
    else if (kind === 'workflow')
      it(`${place} is a workflow without mistakes`, async () => {
        assert.deepEqual(await parser.workflowMistakes(place, text), [])
      })
    else it(`${place} is YAML`, () => void parse(text))
  }
})

describe('an example', () => {
  it('is there to copy', () => assert.ok(examples.length > 0))

  for (const path of examples)
    it(`${path} passes check without a warning, and names its schema for editors`, () => {
      const text = textOf(path)
      const { plan, diagnostics, sources } = compile(path, text, { read: readFromRoot })
      assert.equal(renderDiagnostics(diagnostics, sources, 'text'), '')
      assert.ok(plan)
      assert.equal(text.split('\n')[0], '# yaml-language-server: $schema=../schema/orchestrator.schema.json')
    })
})

describe('what GitHub reads', () => {
  it('action.yml is an action', () => assert.deepEqual(parser.actionMistakes('action.yml', textOf('action.yml')), []))

  for (const path of workflows)
    it(`${path} is a workflow`, async () => assert.deepEqual(await parser.workflowMistakes(path, textOf(path)), []))

  it('is really looked at', async () => {
    const broken = textOf('.github/workflows/ci.yml').replace('runs-on:', 'run-on:')
    assert.match((await parser.workflowMistakes('ci.yml', broken)).join('\n'), /run-on/)
    const cyclic =
      'on: push\njobs:\n  a: { needs: b, runs-on: x, steps: [] }\n  b: { needs: a, runs-on: x, steps: [] }\n'
    assert.notDeepEqual(await parser.workflowMistakes('cyclic.yml', cyclic), [])
    const unclosed = textOf('.github/workflows/ci.yml').replace("runner.os == 'Linux'", "runner.os == 'Linux")
    assert.notDeepEqual(await parser.workflowMistakes('unclosed.yml', unclosed), [])
    assert.match(actionMistakesOf('runs:', 'run:'), /run/)
  })
})

function actionMistakesOf(written: string, broken: string): string {
  return parser.actionMistakes('action.yml', textOf('action.yml').replace(written, broken)).join('\n')
}
