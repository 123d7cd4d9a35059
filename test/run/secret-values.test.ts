import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { credentialNames } from '../../src/action/trust.ts'
import { compile } from '../../src/index.ts'
import { secretValues, valuesToMask } from '../../src/run/secret-values.ts'

const root = mkdtempSync(join(tmpdir(), 'secret-values-'))
after(() => rmSync(root, { recursive: true }))

const plan = () => {
  const { plan: made } = compile('plan.yml', 'instances:\n  a: { prompt: Hello }\n')
  assert.ok(made !== undefined)
  return made
}

it('masks the passwords of proxies and databases, and what custom headers hold', () => {
  const values = valuesToMask({
    HTTPS_PROXY: 'http://user:s3cr3t%21x@proxy:3128',
    DATABASE: 'postgres://app:pg-passw0rd@db/app',
    ANTHROPIC_CUSTOM_HEADERS: 'X-Key: header-value-1\nAuthorization: Bearer header-value-2',
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=header-value-3,other=header%20value-4',
  })
  for (const value of [
    's3cr3t%21x',
    's3cr3t!x',
    'pg-passw0rd',
    'header-value-1',
    'header-value-2',
    'header-value-3',
    'header value-4',
  ])
    assert.ok(values.includes(value), value)
})

it('masks nothing that is no secret: a proxy, a region, a certificate, a model, a switch, a path', () => {
  const environment = {
    HTTPS_PROXY: 'http://proxy.example:3128',
    AWS_REGION: 'eu-central-1',
    SSL_CERT_FILE: '/etc/ssl/own.pem',
    ANTHROPIC_MODEL: 'opus',
    ANTHROPIC_BASE_URL: 'https://gateway.example',
    USE_AUTH: 'true',
    MAX_OUTPUT_TOKENS: '128000',
    GOOGLE_APPLICATION_CREDENTIALS: '/home/me/key.json',
    SSH_PUBLIC_KEY: 'ssh-ed25519 AAAA',
    PWD: '/home/me',
  }
  assert.deepEqual(valuesToMask(environment), [])
  assert.deepEqual(credentialNames(plan(), environment), ['GOOGLE_APPLICATION_CREDENTIALS'])
})

it('withholds what holds a credential whatever its name: a proxy with a password, headers, a folder with a login', () => {
  const environment = {
    HTTPS_PROXY: 'http://user:secret@proxy.example:3128',
    ANTHROPIC_CUSTOM_HEADERS: 'X-Key: 1',
    CODEX_HOME: '/home/me/.codex',
    AWS_ACCESS_KEY_ID: 'AKIA',
  }
  assert.deepEqual(credentialNames(plan(), environment).toSorted(), Object.keys(environment).toSorted())
})

it('does not mask what an instance is given as a plain variable', () => {
  const text = 'instances:\n  a: { run: echo, env-from: [STAGE_COOKIE] }\n  b: { run: echo, secrets: [OTHER_KEY] }\n'
  const { plan: made, diagnostics } = compile('plan.yml', text)
  assert.ok(made !== undefined, JSON.stringify(diagnostics))
  const environment = { STAGE_COOKIE: 'blue-or-green', OTHER_KEY: 'value-of-other', THIRD_KEY: 'value-of-third' }
  assert.deepEqual(secretValues(made, environment, root).toSorted(), ['value-of-other', 'value-of-third'])
})

it('masks the token that the checkout keeps, in its configuration or in a file that this includes', () => {
  const basic = (token: string): string => Buffer.from(`x-access-token:${token}`).toString('base64')
  const workspace = join(root, 'repository/folder')
  mkdirSync(workspace, { recursive: true })
  mkdirSync(join(root, 'repository/.git'))
  writeFileSync(join(root, 'repository/.git/HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(
    join(root, 'repository/.git/config'),
    `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${basic('token-in-the-file')}\n` +
      `[includeIf "gitdir:${root}"]\n\tpath = ${root}/credentials\n[remote "o"]\n\turl = https://me:token-in-url@example.org/a\n`,
  )
  writeFileSync(
    join(root, 'credentials'),
    `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${basic('token-in-another')}\n`,
  )
  const values = secretValues(plan(), {}, workspace)
  for (const token of ['token-in-the-file', 'token-in-another', basic('token-in-another'), 'token-in-url'])
    assert.ok(values.includes(token), token)
})
