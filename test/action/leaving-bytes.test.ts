import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { appendFileSync, globSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openCmark } from '../rig/cmark-gfm.ts'
import { unzip } from '../rig/zip.ts'
import type { Stage } from '../rig/step-runner.ts'
import { openProject, runDirectoryOf, skip, type Project } from './project.ts'

const secret = `kä<&"${randomBytes(10).toString('hex')}/Q+9`
const checkoutToken = `token-${randomBytes(8).toString('hex')}`
const script = readFileSync(resolve(import.meta.dirname, '../fixtures/action/print-forms.mjs'), 'utf8')

const instance = (size: number): string => `
  in-${size}:
    run: node print-forms.mjs ${size}; exit 1
    secrets: [API_KEY]
    continue-on-error: true`

const file = `
name: leaving
instances:${[1, 7, 65_536].map(instance).join('')}
  says:
    prompt: Say it.
    secrets: [API_KEY]
`

const answer = [
  `It is ${secret}.`,
  `Or ${secret.replaceAll(/[&<"]/g, (sign) => `&#${sign.charCodeAt(0)};`)},`,
  `**${secret.slice(0, 6)}**\\${secret.slice(6)}`,
  `${secret.slice(0, 9)}\u200B<!-- -->${secret.slice(9)}`,
  `\`${Buffer.from(secret).toString('base64')}\``,
].join('\n')

const rules = JSON.stringify({ rules: [{ match: { instance: 'says' }, reply: { text: answer } }] })

/** As people and programs may read it: escapes of JSON decoded, without what nobody sees, without line ends. */
function readings(text: string): string[] {
  const decoded = text.replaceAll(/\\+u([0-9a-f]{4})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
  const seen = [text, decoded].map((each) =>
    each
      .replaceAll(/\u001B\][^\u0007\n]*\u0007|\u001B\[[0-9;]*[A-Za-z]|<!--[^]*?-->/g, '') // oxlint-disable-line no-control-regex
      .replaceAll(/[\p{Cf}\0]/gu, ''),
  )
  return [text, decoded, ...seen, ...seen.map((each) => each.replaceAll(/\\+[nr]|\s/g, ''))]
}

function needles(): Map<string, string> {
  const found = new Map<string, string>()
  for (const value of [secret, checkoutToken]) {
    found
      .set('itself', value)
      .set('in JSON', JSON.stringify(value).slice(1, -1))
      .set('in a URL', encodeURIComponent(value))
    found.set(`${value} in hex`, Buffer.from(value).toString('hex'))
    for (const before of [0, 1, 2]) {
      const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]).toString('base64')
      found.set(`${value} in base64 at ${before}`, encoded.slice(before + 2, before + 22))
    }
    found.set(value, value).set(`half of ${value}`, value.slice(0, 14))
  }
  found.set('a web token', 'eyJaB3-')
  found.set('in HTML', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
  return found
}

describe('no byte that leaves tells a secret', { skip }, () => {
  let project: Project
  let stages: { main: Stage; post: Stage }
  before(async () => {
    project = await openProject(
      { '.github/orchestrator.yml': file, 'print-forms.mjs': script, 'rules.yml': rules },
      { 'a.txt': 'x\n' },
    )
    const basic = Buffer.from(`x-access-token:${checkoutToken}`).toString('base64')
    const config = join(project.step().workspace, '.git/config')
    appendFileSync(config, `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${basic}\n`)
    stages = await project.run({ simulate: 'rules.yml' }, { environment: { API_KEY: secret } })
  })
  after(() => project.close())

  const assertSilent = (where: string, text: string): void => {
    for (const reading of readings(text))
      for (const [form, needle] of needles())
        assert.ok(
          !reading.includes(needle),
          `${where} holds ${form}: ${reading.slice(Math.max(0, reading.indexOf(needle) - 60)).slice(0, 200)}`,
        )
  }

  it('ran and has something to tell', () => {
    assert.equal(stages.main.outputs['result'], 'success', stages.main.output)
    assert.match(stages.main.output, /the end/)
    assert.match(stages.main.summary ?? '', /Answer of/)
  })

  it('of what is printed, and handed to the runner', () => {
    for (const [name, stage] of Object.entries(stages)) {
      assertSilent(`what ${name} prints`, stage.output)
      assertSilent(`the summary of ${name}`, stage.summary ?? '')
      assertSilent(`outputs of ${name}`, JSON.stringify([stage.outputs, stage.state]))
    }
  })

  it('of the files of the run', () => {
    const directory = runDirectoryOf(stages.main)
    const files = globSync('**', { cwd: directory }).filter((name) => statSync(join(directory, name)).isFile())
    assert.ok(files.length > 8, files.join())
    for (const name of files) assertSilent(name, readFileSync(join(directory, name), 'utf8'))
  })

  it('of the artifact, unpacked', () => {
    const [artifact] = project.results.artifacts
    assert.ok(artifact !== undefined)
    const files = unzip(artifact.bytes)
    assert.ok(files.size > 8, [...files.keys()].join())
    assert.deepEqual(
      [...files.keys()].filter((name) => /^(journal\.ndjson|summary\.md|run\.json|logs\/says\.1\.)/.test(name)).length,
      4,
      [...files.keys()].join(),
    )
    for (const [name, bytes] of files) assertSilent(`${name} of the artifact`, `${name}\n${bytes.toString('utf8')}`)
  })

  it('of the requests', () => {
    for (const { url, body } of project.github.requests) assertSilent(url, `${url}${body}`)
  })

  it('of the comment as GitHub renders it', async (test) => {
    const cmark = openCmark()
    if (cmark === undefined) return test.skip('there is no Python to install cmark-gfm with')
    const html = await cmark.render(project.github.comments[0]?.body ?? '')
    cmark.close()
    const text = html
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
    assert.match(text, /Answer of/)
    assertSilent('the comment', text)
    assertSilent('its HTML', html)
  })
})
