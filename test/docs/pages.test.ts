import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { createPlace, run } from '../cli/command-line.ts'

const root = resolve(import.meta.dirname, '../..')
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('docs/**/*.md', { cwd: root })].map((path) =>
  path.replaceAll('\\', '/'),
)

/** Where the links of a page lead inside the repository; code is no link. */
function linksOf(page: string): { readonly path: string; readonly anchor: string | undefined }[] {
  const prose = textOf(page).replaceAll(/^```[^]*?^```$|`[^`\n]*`/gm, '')
  return [...prose.matchAll(/\]\((?!https?:)([^)\s]*)\)/g)].map(([, target = '']) => {
    const [path = '', anchor] = target.split('#')
    return { path: path === '' ? page : normalize(join(dirname(page), path)).replaceAll('\\', '/'), anchor }
  })
}

/** As GitHub makes them of headings. */
function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe('the pages', () => {
  for (const page of pages)
    it(`${page} links to what is there`, () => {
      for (const { path, anchor } of linksOf(page)) {
        assert.ok(existsSync(join(root, path)), `${path} is missing`)
        if (anchor !== undefined) assert.ok(anchorsOf(path).includes(anchor), `${path} has no #${anchor}`)
      }
    })

  it('can all be reached from the README', () => {
    const reached = new Set(['README.md'])
    for (const page of reached) if (page.endsWith('.md')) for (const { path } of linksOf(page)) reached.add(path)
    assert.deepEqual(
      pages.filter((page) => !reached.has(page)),
      [],
    )
  })

  it('answer what a newcomer asks', () => {
    const questions: readonly (readonly [page: string, ...answers: RegExp[]])[] = [
      ['docs/guide/install.md', /no `npx`/, /replace `org`/, /npm install --global/, /Windows and macOS/, /CHANGELOG/],
      ['docs/guide/keys.md', /ANTHROPIC_API_KEY/, /subscription/, /OPENAI_API_KEY/, /Bedrock/, /Vertex/, /Foundry/],
      ['docs/guide/secrets.md', /secrets: \[/, /GITHUB_TOKEN/],
      ['docs/guide/runners.md', /Self-hosted/, /Enterprise Server/, /Dependabot/, /fetch-depth/],
      ['docs/guide/debugging.md', /RUNNER_DEBUG/, /What did the agent do\?/],
      ['docs/guide/cost.md', /cache/, /budget/],
      ['docs/guide/safety.md', /\(the default\) \| as `supervised`/],
      ['README.md', /adds these two files is therefore not reviewed/],
    ]
    for (const [page, ...answers] of questions) for (const answer of answers) assert.match(textOf(page), answer)
  })

  it('name no variable, script and source file that is not there', () => {
    const sources = globSync('src/**/*.ts', { cwd: root })
      .map((path) => textOf(path))
      .join('\n')
    const { scripts } = JSON.parse(textOf('package.json'))
    for (const page of pages) {
      const text = textOf(page)
      for (const [name] of text.matchAll(/\bORCHESTRATOR_[A-Z][A-Z_0-9]+\b/g))
        assert.ok(sources.includes(name), `${page} names ${name}`)
      for (const [, name = ''] of text.matchAll(/npm run ([a-z0-9:]+)/g))
        assert.ok(name in scripts, `${page}: npm run ${name}`)
      for (const [path] of text.matchAll(/\b(?:src|test|scripts|bench)\/[\w/-]+\.ts\b/g))
        assert.ok(existsSync(join(root, path)), `${page} names ${path}`)
    }
  })

  it('the life of a run names files that are there', () => {
    const text = textOf('docs/life-of-a-run.md')
    const files = globSync('src/**/*.ts', { cwd: root }).map((path) => relative('src', path).replaceAll('\\', '/'))
    const named = [...text.matchAll(/`(?:src\/)?([\w/-]+\.ts)`/g)].map(([, path = '']) => path)
    assert.ok(named.length > 30)
    assert.deepEqual(
      named.filter((path) => !files.some((file) => file === path || file.endsWith(`/${path}`))),
      [],
    )
  })

  it('the run directory lists every field of run.json', async () => {
    using place = createPlace({ 'ci.yml': 'instances: { a: { sequence: [{ run: "true" }] } }\n' })
    const { out } = await run(place.path, ['run', 'ci.yml', '--json'])
    const page = textOf('docs/run-directory.md')
    const report = JSON.parse(out)
    const names = [
      ...Object.keys(report),
      ...report.instances.flatMap(Object.keys),
      ...Object.keys(report.plan.edges[0] ?? {}),
    ]
    for (const name of new Set<string>(names)) assert.match(page, new RegExp(`\\b${name}\\??:`), name)
  })
})
