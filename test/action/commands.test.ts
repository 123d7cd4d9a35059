import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { StoredComment } from '../rig/github-api.ts'
import type { StoredRun } from '../rig/github-actions.ts'
import type { Stage } from '../rig/step-runner.ts'
import { openProject, readToken, skip, type Project } from './project.ts'

const file = `
name: review
inputs: { level: { type: number, default: 1 } }
instances:
  security: { run: 'echo "said=$LEVEL" > "$ORCHESTRATOR_OUTPUT"', env: { LEVEL: "\${{ inputs.level }}" } }
  style: { run: echo style }
commands:
  deep: { description: Looks closer., only: security, inputs: { level: 3 } }
  release: { only: [style], access: admin }
  broken: { inputs: { level: 1 } }
`
const mistaken = 'instances:\n  a: { rnu: x }\n'

describe('a comment that is a command', { skip, timeout: 600_000 }, () => {
  let project: Project
  before(async () => {
    project = await openProject(
      {
        '.github/orchestrator.yml': file,
        'mistaken.yml': mistaken,
        'needs.yml':
          'inputs: { who: { required: true } }\ninstances: { a: { run: "echo $WHO", env: { WHO: "${{ inputs.who }}" } } }\n',
      },
      { 'a.txt': '2\n' },
      false,
      { mona: 'write', hubot: 'read', Codertocat: 'admin' },
    )
  })
  after(() => project.close())
  afterEach(() => {
    project.github.accept()
    project.github.comments.splice(0)
    project.github.runs.splice(0)
  })

  interface Said {
    readonly main: Stage
    readonly asked: StoredComment
    /** What was said of the command, where that is not the run's own comment. */
    readonly answer: string | undefined
    readonly report: string | undefined
  }
  interface SaidBy {
    readonly login?: string
    readonly type?: 'User' | 'Bot'
    readonly issue?: boolean
    readonly inputs?: Readonly<Record<string, string>>
  }
  let runId = 100
  const say = async (
    body: string,
    { login = 'mona', type = 'User', issue = false, inputs = {} }: SaidBy = {},
  ): Promise<Said> => {
    const { github, repository } = project
    const asked = github.addComment({ login, type, write: true }, body)
    const user = { login, type }
    const payload = {
      action: 'created',
      issue: {
        number: 1,
        ...(!issue && { pull_request: {} }),
        user: { login: 'Codertocat', type: 'User' },
        labels: [],
      },
      comment: { id: asked.id, user, body },
      sender: user,
    }
    const { main } = await project.run(inputs, {
      event: { name: 'issue_comment', payload },
      actor: login,
      sha: repository.baseSha,
      environment: { GITHUB_RUN_ID: String(++runId) },
    })
    const own = github.comments.filter(({ author }) => author.login === 'github-actions[bot]').map((each) => each.body)
    return {
      main,
      asked,
      answer: own.find((text) => / commit=answer -->/.test(text)),
      report: own.find((text) => !/ commit=answer -->/.test(text)),
    }
  }
  const put = (id: number, status: string, conclusion: string | null): StoredRun => {
    const run: StoredRun = {
      id,
      attempt: 1,
      event: 'pull_request',
      headSha: project.repository.headSha,
      headBranch: 'changes',
      headRepository: 'octo/app',
      workflow: '.github/workflows/review.yml',
      status,
      conclusion,
      artifacts: [],
    }
    project.github.runs.push(run)
    return run
  }
  /** A report of a run of another workflow, by us or by somebody who only says so. */
  const reported = (id: number, login = 'github-actions[bot]'): void => {
    const text = `<!-- orchestrator:abc run=${id} attempt=1 commit=${'a'.repeat(40)} -->\n### report`
    project.github.addComment({ login, type: login.endsWith('[bot]') ? 'Bot' : 'User', write: true }, text)
  }
  const ran = ({ main }: Said): string[] => Object.keys(JSON.parse(main.outputs['outputs'] ?? '{}'))

  it('runs the file, acknowledged by a reaction and answered by its report', async () => {
    const said = await say('/orchestrate run')
    assert.equal(said.main.exitCode, 0, said.main.output)
    assert.deepEqual(said.asked.reactions, ['eyes'])
    assert.match(said.report ?? '', /review\*\* success in .*\n\n2 success/)
    assert.equal(said.answer, undefined)
  })

  it('runs only the instances that are named', async () => {
    const { main, report } = await say('/orchestrate run style\nplease')
    assert.equal(main.exitCode, 0, main.output)
    assert.match(report ?? '', /1 success/)
  })

  it('says which instances there are where one is not', async () => {
    const { main, answer, asked, report } = await say('/orchestrate run stile security')
    assert.equal(main.exitCode, 0, main.output)
    assert.equal(main.outputs['result'], 'success')
    assert.match(answer ?? '', /❌ `\/orchestrate run stile security`, asked by `mona`/)
    assert.match(answer ?? '', /no instance `stile`\. Did you mean `style`\? There are: `security`, `style`/)
    assert.deepEqual([asked.reactions, report], [['confused'], undefined])
  })

  it('does what the file says of a command of its own', async () => {
    const said = await say('/orchestrate deep')
    assert.equal(said.main.exitCode, 0, said.main.output)
    assert.deepEqual(JSON.parse(said.main.outputs['outputs'] ?? ''), { security: { said: '3' } })
    const { answer } = await say('/orchestrate deep security')
    assert.match(answer ?? '', /takes no arguments/)
  })

  it('lists the commands, also after one that there is not', async () => {
    const { answer } = await say('/orchestrate help')
    for (const name of [
      'run',
      'retry',
      'cancel',
      'status',
      'plan',
      'help',
      'deep`: Looks closer',
      'release`.*admin access',
    ])
      assert.match(answer ?? '', new RegExp(`/orchestrate ${name}`))
    const { answer: other } = await say('/orchestrate statsu')
    assert.match(other ?? '', /no command `statsu`\. Did you mean `status`\?/)
    assert.equal(project.github.comments.filter(({ author }) => author.type === 'Bot').length, 1)
    const { answer: none } = await say('/orchestrate')
    assert.match(none ?? '', /Commands, for people with write access here/)
  })

  it('shows what would run', async () => {
    const { answer } = await say('/orchestrate plan')
    assert.match(answer ?? '', /```\nreview: 2 instances in 1 level/)
  })

  for (const [login, command, why] of [
    ['hubot', 'run', /`hubot` has no write access/],
    ['mallory', 'cancel', /`mallory` has no write access/],
    ['mona', 'release', /`mona` has no admin access/],
  ] as const)
    it(`refuses ${login} ${command}, and says so`, async () => {
      const { main, answer, asked } = await say(`/orchestrate ${command}`, { login })
      assert.equal(main.exitCode, 0, main.output)
      assert.match(answer ?? '', why)
      assert.deepEqual(asked.reactions, ['confused'])
      assert.equal(ran({ main } as Said).length, 0)
    })

  it('obeys those whom the step lists, and no bot that it does not', async () => {
    const listed = await say('/orchestrate run style', { login: 'hubot', inputs: { 'allowed-actors': 'hubot' } })
    assert.match(listed.report ?? '', /1 success/)
    const bot = await say('/orchestrate run', { login: 'renovate[bot]', type: 'Bot' })
    assert.match(bot.answer ?? '', /is a bot that is not listed/)
  })

  it('is no command in the middle of a comment, when edited, or where the prefix is another word', async () => {
    for (const body of ['please\n/orchestrate run style', '/orchestrated run style', 'see /orchestrate run style']) {
      const { asked, answer } = await say(body)
      assert.deepEqual([asked.reactions, answer], [undefined, undefined], body)
      project.github.comments.splice(0)
    }
  })

  it('says how the runs stand that reported, and believes no stranger’s marker', async () => {
    put(7, 'in_progress', null)
    put(6, 'completed', 'failure')
    put(9, 'in_progress', null)
    for (const id of [7, 6]) reported(id)
    reported(9, 'mallory')
    const { answer } = await say('/orchestrate status')
    assert.match(answer ?? '', /run 7\.1.*in\\?_progress[^]*run 6\.1.*failure/)
    assert.doesNotMatch(answer ?? '', /run 9/)
    project.github.comments.splice(0)
    assert.match((await say('/orchestrate status')).answer ?? '', /No run has reported/)
  })

  it('cancels what is running, and says where nothing is', async () => {
    const going = put(7, 'in_progress', null)
    const strangers = put(9, 'in_progress', null)
    reported(7)
    reported(9, 'mallory')
    const { answer } = await say('/orchestrate cancel')
    assert.match(answer ?? '', /Cancelled: \[run 7\]/)
    assert.deepEqual([going.conclusion, strangers.status], ['cancelled', 'in_progress'])
    assert.match((await say('/orchestrate cancel')).answer ?? '', /❌ .*\n\nNothing of this conversation is running/)
  })

  it('runs again what failed, and says where nothing did', async () => {
    const failed = put(7, 'completed', 'failure')
    reported(7)
    assert.match((await say('/orchestrate retry')).answer ?? '', /failed jobs of \[run 7\].* run again/)
    assert.equal(failed.status, 'queued')
    assert.match((await say('/orchestrate retry')).answer ?? '', /has not ended/)
    put(8, 'completed', 'success')
    reported(8)
    assert.match((await say('/orchestrate retry')).answer ?? '', /Nothing failed in the newest, \[run 8\]/)
  })

  it('names the permission that is missing', async () => {
    put(7, 'in_progress', null)
    reported(7)
    project.github.refuse({ status: 403, path: /cancel/, message: 'Resource not accessible by integration' })
    const { answer } = await say('/orchestrate cancel')
    assert.match(answer ?? '', /403 .*actions: write/)
  })

  it('fails where nobody can be told', async () => {
    const { main } = await say('/orchestrate help', { inputs: { 'github-token': readToken } })
    assert.equal(main.exitCode, 1)
    assert.match(main.reading.annotations.map(({ data }) => data).join(), /may not write comments/)
  })

  it('says that the file has mistakes, and that an input is missing', async () => {
    const broken = await say('/orchestrate run', { inputs: { config: 'mistaken.yml' } })
    assert.equal(broken.main.exitCode, 1)
    assert.match(broken.answer ?? '', /`mistaken\.yml` has mistakes/)
    const needs = await say('/orchestrate run', { inputs: { config: 'needs.yml' } })
    assert.match(needs.answer ?? '', /It cannot run:\n\n- the input \\?`who\\?` is required/)
  })

  it('answers on an issue, which has no report', async () => {
    const { answer, report } = await say('/orchestrate run style', { issue: true })
    assert.match(answer ?? '', /Started: \[its result\]\(.*\/actions\/runs\//)
    assert.equal(report, undefined)
  })

  it('cannot be made to write anything but text', async () => {
    const { answer } = await say('/orchestrate <img> @octo/all `x` <!-- orchestrator:y run=1 attempt=1 -->')
    assert.doesNotMatch((answer ?? '').replaceAll(/`+[^`]*`+/g, ''), /<img>|@octo/)
    assert.equal((answer ?? '').match(/^<!-- orchestrator/gm)?.length, 1)
  })
})

describe('a file that wants certain events only', { skip, timeout: 300_000 }, () => {
  let project: Project
  const files = {
    '.github/orchestrator.yml':
      'when: [not-draft, "label:review", not-fork, "not-author:dependabot[bot]", not-bot]\ninstances: { a: { run: echo a } }\n',
    'paths.yml': 'when: ["paths:*.txt", "not-paths:docs/**"]\ninstances: { a: { run: echo a } }\n',
    'other.yml': 'when: ["paths:src/**"]\ninstances: { a: { run: echo a } }\n',
  }
  before(async () => {
    project = await openProject(files, { 'a.txt': '2\n' })
  })
  after(() => project.close())
  const event = (change: object): object => {
    const payload = JSON.parse(JSON.stringify(project.step().event.payload))
    Object.assign(payload.pull_request, { draft: false, labels: [{ name: 'Review' }] }, change)
    return payload
  }
  for (const [name, change, why] of [
    ['a draft', { draft: true }, /`not-draft`: the pull request is a draft/],
    ['one without the label', { labels: [] }, /`label:review`: the pull request does not have the label review/],
    ['one of a bot', { user: { login: 'renovate[bot]', type: 'Bot' } }, /`not-bot`: the pull request is by renovate/],
    ['one that does not say', { draft: undefined }, /`not-draft`: the event does not say/],
    ['all that is asked', {}, undefined],
  ] as const)
    it(`has ${why === undefined ? 'something' : 'nothing'} to do for ${name}`, async () => {
      const { main } = await project.run({}, { event: { name: 'pull_request', payload: event(change) } })
      assert.equal(main.exitCode, 0, main.output)
      const notices = main.reading.annotations.map(({ data }) => data).join('\n')
      if (why === undefined) assert.equal(main.outputs['result'], 'success')
      else {
        assert.equal(main.outputs['result'], 'skipped')
        assert.match(notices, why)
        assert.match(main.summary ?? '', /Nothing was run/)
      }
    })

  it('is held against what the pull request changes, by git, and a push against what it brings', async () => {
    const { main } = await project.run({ config: 'paths.yml' })
    assert.equal(main.outputs['result'], 'success', main.output)
    const none = await project.run({ config: 'other.yml' })
    assert.equal(none.main.outputs['result'], 'skipped', none.main.output)
    assert.match(none.main.summary ?? '', /the pull request does not change src\/\\\*\\\*/)
    const { baseSha, headSha } = project.repository
    const push = { name: 'push', payload: { before: baseSha, after: headSha } }
    const pushed = await project.run({ config: 'other.yml' }, { event: push, sha: headSha })
    assert.match(pushed.main.summary ?? '', /the push does not change src\/\\\*\\\*/)
  })

  it('runs for an event about no pull request', async () => {
    const { main } = await project.run(
      {},
      { event: { name: 'workflow_dispatch', payload: {} }, sha: project.repository.baseSha },
    )
    assert.equal(main.outputs['result'], 'success', main.output)
  })
})
