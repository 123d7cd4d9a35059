import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { runtimeFacts } from '../../src/agents/registry.ts'
import { surveyRepository } from '../../src/cli/init/survey.ts'
import { templateNames } from '../../src/cli/init/template-names.ts'
import { templates } from '../../src/cli/init/templates.ts'
import { readBuiltin } from '../../src/workflow/builtin-files.ts'
import { compile } from '../../src/workflow/compile.ts'
import { printFile } from '../../src/workflow/print-file.ts'
import { acceptJsonImports } from '../docs/json-imports.ts'
import { git } from '../rig/git-repository.ts'
import { createPlace, run } from './command-line.ts'

acceptJsonImports()
const { workflowMistakes } = await import('../docs/workflow-files.ts')

const PATH = `${join(import.meta.dirname, '../../node_modules/.bin')}:${process.env['PATH'] ?? ''}`

/** Repositories by their files, and what is found in them: languages, manager, tests, what makes a runner ready. */
const repositories: readonly (readonly [
  files: Readonly<Record<string, string>>,
  languages: string,
  manager: string,
  test: string | undefined,
  setup: RegExp,
])[] = [
  [{ 'README.md': '' }, '', '', undefined, /^$/],
  [{ Makefile: 'test:\n\ttrue\n' }, '', '', 'make test', /^$/],
  [{ Makefile: 'test := 1\n' }, '', '', undefined, /^$/],
  [
    { 'package.json': '{"scripts":{"test":"vitest"}}', 'package-lock.json': '' },
    'JavaScript',
    'npm',
    'npm test',
    /cache":"npm".*npm ci/,
  ],
  [{ 'package.json': '{"scripts":{"test":"vitest"}}' }, 'JavaScript', 'npm', 'npm test', /lts.*npm install/],
  [
    { 'package.json': '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}' },
    'JavaScript',
    'npm',
    undefined,
    /^$/,
  ],
  [
    { 'package.json': '{"packageManager":"pnpm@9.1.0","scripts":{"test":"x"}}', 'tsconfig.json': '', '.nvmrc': '24' },
    'TypeScript',
    'pnpm',
    'pnpm test',
    /corepack enable.*\.nvmrc.*frozen/,
  ],
  [
    { 'package.json': '\uFEFF{"scripts":{"test":"x"}}', 'yarn.lock': '', '.yarnrc.yml': '' },
    'JavaScript',
    'yarn',
    'yarn test',
    /--immutable/,
  ],
  [
    { 'package.json': '{"scripts":{"test":"x"}}', 'bun.lock': '' },
    'JavaScript',
    'bun',
    'bun run test',
    /setup-bun.*bun install/,
  ],
  [{ 'package.json': 'not json' }, 'JavaScript', 'npm', undefined, /^$/],
  [
    { 'pyproject.toml': '[tool.pytest.ini_options]\n', 'uv.lock': '', 'tests/a.py': '' },
    'Python',
    'uv',
    'uv run python -m pytest',
    /uv sync/,
  ],
  [
    { 'requirements.txt': 'flask\n', 'tests/a.py': '' },
    'Python',
    'pip',
    'python -m unittest discover',
    /pip install -r requirements\.txt/,
  ],
  [{ 'requirements.txt': 'flask\n' }, 'Python', 'pip', undefined, /^$/],
  [{ 'go.mod': 'module x' }, 'Go', 'go', 'go test ./...', /setup-go/],
  [{ 'Cargo.toml': '', 'Cargo.lock': '' }, 'Rust', 'cargo', 'cargo test --locked', /^$/],
  [{ 'pom.xml': '', mvnw: '' }, 'Java', 'maven', './mvnw --batch-mode test', /temurin/],
  [{ 'build.gradle.kts': '' }, 'Kotlin', 'gradle', 'gradle test', /temurin/],
  [{ 'App.sln': '' }, 'C#', 'dotnet', 'dotnet test', /setup-dotnet/],
  [{ Gemfile: '', 'spec/a.rb': '' }, 'Ruby', 'bundler', 'bundle exec rspec', /bundler-cache/],
  [{ 'composer.json': '{"scripts":{"test":"x"}}' }, 'PHP', 'composer', 'composer test', /composer install/],
  [{ 'go.mod': '', 'package.json': '{"scripts":{"test":"x"}}' }, 'JavaScript, Go', 'npm, go', 'npm test', /setup-node/],
]

describe('what a repository says of itself', () => {
  for (const [files, languages, manager, test, setup] of repositories)
    it(`by ${Object.keys(files).join(', ')}`, async () => {
      using place = createPlace(files)
      const survey = surveyRepository(place.path)
      assert.equal(survey.languages.join(', '), languages)
      assert.equal(survey.managers.join(', '), manager)
      assert.equal(survey.test, test)
      assert.match(survey.setup.length === 0 || test === undefined ? '' : JSON.stringify(survey.setup), setup)
      for (const name of templateNames)
        for (const [runtime, version, key] of [
          ['claude', '2.1.332', 'ANTHROPIC_API_KEY'],
          ['codex', '0.171.0', 'OPENAI_API_KEY'],
          ['gemini', '0.61.0', 'GEMINI_API_KEY'],
        ] as const) {
          const supports = runtimeFacts().get(runtime)?.supports ?? new Set()
          const agent = { runtime, version, key, found: true, supports }
          if (!supports.has(templates[name].needs ?? 'model')) continue
          const { value: orchestration, ...options } = templates[name].orchestration(survey, agent)
          const { diagnostics } = compile('o.yml', printFile(orchestration, options), {
            runtimes: runtimeFacts(),
            read: () => undefined,
            readBuiltin,
          })
          assert.deepEqual(diagnostics, [])
          const { value, ...rest } = templates[name].workflow(survey, agent)
          assert.deepEqual(await workflowMistakes('w.yml', printFile(value, rest)), [])
        }
    })
})

describe('init', { skip: process.platform === 'win32' }, () => {
  const files = { 'package.json': '{"scripts":{"test":"node -e 0"}}', 'sub/x.txt': '' }

  it('writes a file and a workflow that are right and run under --simulate, from a folder below too', async () => {
    using place = createPlace(files)
    git(place.path, 'init', '-q', '-b', 'main')
    git(place.path, 'add', '.')
    git(place.path, 'commit', '-q', '-m', 'start')
    const dry = await run(join(place.path, 'sub'), ['init', '--dry-run'], { PATH })
    assert.match(
      dry.out,
      /^# file: \.github\/orchestrator\.yml\n[^]*^---\n# file: \.github\/workflows\/orchestrator\.yml$/m,
    )
    assert.ok(!existsSync(join(place.path, '.github')))
    const { code, out, err } = await run(join(place.path, 'sub'), ['init'], { PATH })
    assert.equal(code, 0, err)
    assert.match(out, /JavaScript \(npm\); tests by `npm test`; default branch main; claude [\d.]+ on the PATH/)
    assert.match(out, /orchestrator run --simulate {3}#[^]*gh secret set ANTHROPIC_API_KEY/)
    assert.match((await run(place.path, ['check'])).out, /✓ \.github\/orchestrator\.yml: 2 instances/)
    const workflow = readFileSync(join(place.path, '.github/workflows/orchestrator.yml'), 'utf8')
    assert.deepEqual(await workflowMistakes('orchestrator.yml', workflow), [])
    const ran = await run(place.path, ['run', '--simulate'], { PATH })
    assert.equal(ran.code, 0, ran.out + ran.err)
    assert.match(ran.out, /✓ tests success[^]*2 success/)
  })

  it('never overwrites, writes both files or none, and wants a repository', async () => {
    using place = createPlace({ ...files, '.github/workflows/orchestrator.yml': 'mine' })
    const outside = await run(place.path, ['init'], { PATH })
    assert.equal(outside.code, 2)
    assert.match(outside.err, /is in no git repository\n.*git init/)
    git(place.path, 'init', '-q')
    const taken = await run(place.path, ['init'], { PATH })
    assert.equal(taken.code, 2)
    assert.match(taken.err, /\.github\/workflows\/orchestrator\.yml exists already/)
    assert.deepEqual(readdirSync(join(place.path, '.github')), ['workflows'])
    assert.equal(readFileSync(join(place.path, '.github/workflows/orchestrator.yml'), 'utf8'), 'mine')
    writeFileSync(join(place.path, 'orchestrator.yml'), 'instances: { a: { run: x } }')
    assert.match((await run(place.path, ['init'])).err, /has an orchestration file: orchestrator\.yml/)
  })

  it('says what the file system has against it, and leaves nothing half done', async () => {
    using place = createPlace({ ...files, '.github/workflows': '' })
    git(place.path, 'init', '-q')
    const { code, err } = await run(place.path, ['init'], { PATH })
    assert.equal(code, 2, err)
    assert.match(err, /^error: cannot write: ENOTDIR/)
    assert.deepEqual(readdirSync(join(place.path, '.github')), ['workflows'])
  })

  it('is for the agent that is there, or the one that is named, and says when it is not there', async () => {
    using place = createPlace(files)
    git(place.path, 'init', '-q', '-b', 'trunk')
    const none = await run(place.path, ['init', '--dry-run'], { PATH: '/usr/bin:/bin' })
    assert.match(none.out, /install: claude@\d+\.\d+\.\d+/)
    const codex = await run(place.path, ['init', '--runtime', 'codex'], { PATH: '/usr/bin:/bin' })
    assert.match(codex.out, /codex not on the PATH[^]*First commit[^]*npm install -g @openai\/codex@[\d.]+/)
    assert.match(codex.out, /run --simulate --base trunk[^]*gh secret set OPENAI_API_KEY/)
    assert.match(readFileSync(join(place.path, '.github/orchestrator.yml'), 'utf8'), /runtime: codex/)
    assert.match((await run(place.path, ['init', '--template', 'startr'])).err, /--template is one of starter/)
    const unfit = await run(place.path, ['init', '--template', 'nightly-audit', '--runtime', 'gemini'])
    assert.equal(unfit.code, 2)
    assert.match(
      unfit.err,
      /needs `output-schema`, which the runtime gemini does not support\n.*--runtime claude or codex/,
    )
    // What does not stand in its way stays.
    const beside = await run(place.path, ['init', '--template', 'fix'], { PATH: '/usr/bin:/bin' })
    assert.equal(beside.code, 0, beside.err)
    assert.deepEqual(readdirSync(join(place.path, '.github/workflows')).toSorted(), ['fix.yml', 'orchestrator.yml'])
  })
})
