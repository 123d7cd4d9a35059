import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createClaudeAccounting } from '../../src/agents/claude/accounting.ts'
import { createPriceList } from '../../src/agents/price-list.ts'
import { costOf } from '../../src/core/price.ts'
import { type Accounting, addAccounting, type Usage } from '../../src/core/usage.ts'
import { unpricedInstances } from '../../src/agents/unpriced-instances.ts'
import { compile } from '../../src/index.ts'
import { formatCost } from '../../src/report/quantities.ts'
import { priceAttempt } from '../../src/launch/price-attempt.ts'
import type { Conclusion } from '../../src/agents/agent.ts'
import { openRig, type Rig, taskOf } from './rig.ts'

const usageOf = (usage: Partial<Usage>): Usage => ({
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  reasoning: 0,
  ...usage,
})

describe('agents whose cost nobody will know', () => {
  const unpriced = async (instance: string, rest = '', env: Record<string, string> = {}): Promise<string[]> => {
    const { plan, diagnostics } = compile('plan.yml', `${rest}instances:\n  a: { prompt: Hi, ${instance} }\n`)
    assert.ok(plan, JSON.stringify(diagnostics))
    return [...(await unpricedInstances(plan, env))]
  }

  it('are those that name no model with a price at whom they ask', async () => {
    assert.deepEqual(await unpriced('runtime: claude'), [])
    assert.deepEqual(await unpriced('runtime: codex, model: gpt-5.1'), [])
    assert.deepEqual(await unpriced('runtime: gemini, model: gemini-2.5-pro'), [])
    assert.deepEqual(await unpriced('runtime: codex'), ['a'])
    assert.deepEqual(await unpriced('runtime: codex, model: nobody-knows'), ['a'])
    assert.deepEqual(await unpriced('runtime: codex, model: mine', 'prices: { mine: { input: 1, output: 2 } }\n'), [])
    assert.deepEqual(await unpriced('runtime: copilot, model: gpt-4.1'), ['a'])
  })

  it('asks whom the environment, or their own, leads to', async () => {
    const elsewhere = { OPENAI_BASE_URL: 'http://gateway.example.com/v1' }
    assert.deepEqual(await unpriced('runtime: codex, model: gpt-5.1', '', elsewhere), ['a'])
    const own = 'env: { OPENAI_BASE_URL: "http://gateway.example.com/v1" }'
    assert.deepEqual(await unpriced(`runtime: codex, model: gpt-5.1, ${own}`), ['a'])
  })

  it('counts each fallback, and each cell, of a matrix that is known and one that is not', async () => {
    assert.deepEqual(await unpriced('runtime: codex, model: gpt-5.1, fallback: [{ model: gpt-5 }]'), [])
    assert.deepEqual(await unpriced('runtime: claude, fallback: [{ runtime: copilot }]'), ['a'])
    const models = 'model: "${{ matrix.m }}", strategy: { matrix: { m: [gpt-5.1, nobody-knows] } }'
    assert.deepEqual(await unpriced(`runtime: codex, ${models}`), ['a.nobody-knows'])
    const open = `model: "\${{ matrix.m }}", strategy: { matrix: { m: "\${{ fromJSON(needs.b.text) }}" } }, needs: b }\n  b: { run: "true"`
    assert.deepEqual(await unpriced(`runtime: codex, ${open}`), ['a.*'])
  })

  it('are declared ones whose CLI says none', async () => {
    const declared = (parse: string): string =>
      `runtimes: { my: { command: [my, -m, "{model}"], parse: { format: json, text: t${parse} } } }\n`
    assert.deepEqual(await unpriced('runtime: my, model: m', declared('')), ['a'])
    assert.deepEqual(await unpriced('runtime: my, model: m', declared(', cost-usd: c')), [])
  })
})

describe('the list of prices', () => {
  const list = createPriceList({ 'my-model': { input: 1, output: 2 }, 'gpt-5.5': { input: 7, output: 8 } })
  const basis = async (model: string, provider: string): Promise<string> =>
    (await list.find(model, provider))?.basis ?? 'unknown'

  it('says of which model a price is, and takes no other for it', async () => {
    assert.equal(await basis('gpt-5', 'openai'), 'list')
    assert.equal(await basis('gpt-5-2025-08-07', 'openai'), 'list')
    assert.equal(await basis('gpt-5-codex', 'openai'), 'list')
    assert.equal(await basis('gemini-2.5-pro', 'google'), 'list')
    assert.equal(await basis('claude-opus-4-1-20250805', 'anthropic'), 'list')
    assert.equal(await basis('claude-opus-5-5[1m]', 'anthropic'), 'list')
    // The list takes it for `claude-sonnet-5`.
    assert.equal(await basis('claude-sonnet-5-9', 'anthropic'), 'similar')
    assert.equal(await basis('gemini-2.5-pro-preview-tomorrow', 'google'), 'similar')
  })

  it('knows nothing of others, nor of whom it does not know', async () => {
    assert.equal(await basis('gpt-99', 'openai'), 'unknown')
    assert.equal(await basis('gpt-5', 'gateway.example.com'), 'unknown')
    assert.equal(await basis('gpt-5', ''), 'unknown')
    assert.equal(await basis('constructor', ''), 'unknown')
  })

  it('asks the file first, whoever serves the model', async () => {
    assert.equal(await basis('my-model', 'gateway.example.com'), 'file')
    assert.deepEqual((await list.find('gpt-5.5', 'openai'))?.price, { input: 7, output: 8 })
    assert.equal(await basis('models/my-model-20260101', ''), 'file')
  })

  it("has the rates of the cache and the tiers of long prompts: Gemini's are per request", async () => {
    const listed = await list.find('gemini-2.5-pro', 'google')
    assert.ok(listed)
    const short = costOf(listed.price, { usage: usageOf({ input: 100_000, output: 1000 }), single: true })
    assert.deepEqual([short.usd.toFixed(6), short.exact], ['0.135000', true])
    const long = costOf(listed.price, {
      usage: usageOf({ input: 250_000, cacheRead: 50_000, output: 1000 }),
      single: true,
    })
    assert.deepEqual([long.usd.toFixed(6), long.exact], ['0.652500', true])
    const sum = costOf(listed.price, { usage: usageOf({ input: 300_000, output: 1000 }), single: false })
    assert.deepEqual([sum.usd.toFixed(6), sum.exact], ['0.385000', false])
  })
})

describe('what is written to a cache', () => {
  it('costs more where it is kept for an hour, and is only roughly known where that has no price', () => {
    const share = { usage: usageOf({ cacheWrite: 1_000_000 }), cacheWrite1h: 400_000, single: true }
    const rates = { input: 2, output: 10, cacheWrite: 2.5 }
    assert.deepEqual(costOf({ ...rates, cacheWrite1h: 4 }, share), { usd: 3.1, exact: true })
    assert.deepEqual(costOf(rates, share), { usd: 2.5, exact: false })
  })
})

const concluded = (accounting: Partial<Accounting>, rest: Partial<Conclusion> = {}): Conclusion => ({
  failure: null,
  text: '',
  json: null,
  accounting: {
    usage: usageOf({ input: 1_000_000, output: 100_000 }),
    costUsd: null,
    costSource: 'unknown',
    partial: false,
    ...accounting,
  },
  model: 'gpt-5',
  session: null,
  denials: 0,
  remarks: [],
  ...rest,
})
const openai = { provider: 'openai', subscription: false }

describe('the price of an attempt', () => {
  const list = createPriceList({})

  it('is that of the list where the CLI says none', async () => {
    const { accounting, accounts } = await priceAttempt(concluded({}), openai, undefined, list)
    assert.deepEqual([accounting.costUsd, accounting.costSource], [2.25, 'list-price'])
    assert.deepEqual(
      accounts.map(({ model, costUsd, requests }) => [model, costUsd, requests]),
      [['gpt-5', 2.25, null]],
    )
  })

  it('is that of each of its models, and unknown where one of them has none', async () => {
    const half = usageOf({ input: 500_000, output: 50_000 })
    const both = await priceAttempt(
      concluded(
        {},
        {
          models: new Map([
            ['gpt-5', half],
            ['gpt-5.5', half],
          ]),
        },
      ),
      openai,
      undefined,
      list,
    )
    assert.equal(both.accounting.costUsd, 1.125 + 4)
    assert.equal(both.accounting.costSource, 'approximate', 'in which tier the requests were nobody says')
    const one = await priceAttempt(
      concluded(
        {},
        {
          models: new Map([
            ['gpt-5', half],
            ['gpt-99', half],
          ]),
        },
      ),
      openai,
      undefined,
      list,
    )
    assert.deepEqual([one.accounting.costUsd, one.accounting.atLeastUsd], [null, 1.125])
    assert.equal(formatCost(one.accounting), '≥ $1.13')
  })

  it("is the file's where it has one, with what the CLI says beside it and the difference said", async () => {
    const own = createPriceList({ 'gpt-5': { input: 2, output: 20 } })
    const said = concluded({ costUsd: 2.25, costSource: 'cli' })
    const { accounting, remarks } = await priceAttempt(said, openai, undefined, own)
    assert.deepEqual([accounting.costUsd, accounting.costSource, accounting.reportedUsd], [4, 'prices', 2.25])
    assert.deepEqual(remarks, [
      { text: 'it reported a cost of $2.2500, but by the prices of the file its tokens cost $4.0000' },
    ])
  })

  it('knows what was written to the cache for an hour where the CLI says so', async () => {
    const own = createPriceList({ 'claude-opus-5-5': { input: 4, output: 20, cacheWrite: 5, cacheWrite1h: 8 } })
    const accounting = createClaudeAccounting()
    const ofModel = (five: number, hour: number) => ({
      'claude-opus-5-5': {
        inputTokens: 0,
        outputTokens: 0,
        cacheReadInputTokens: 0,
        cacheCreationInputTokens: 1_000_000,
        cacheCreationEphemeral5mInputTokens: five,
        cacheCreationEphemeral1hInputTokens: hour,
        costUSD: 1,
        costBasis: 'list',
      },
    })
    accounting.onResult({ model_usage_since_last_result: ofModel(400_000, 600_000) })
    accounting.onResult({ model_usage_since_last_result: ofModel(1_000_000, 0) })
    const anthropic = { provider: 'anthropic', subscription: false }
    const price = async () => {
      const said = { ...concluded(accounting.current()), models: accounting.models, model: 'claude-opus-5-5' }
      return (await priceAttempt(said, anthropic, undefined, own)).accounting
    }
    const known = await price()
    assert.deepEqual([known.costUsd, known.costSource], [0.4 * 5 + 0.6 * 8 + 5, 'prices'])
    accounting.onResult({ model_usage_since_last_result: ofModel(0, 0) })
    assert.equal((await price()).costUsd, 3 * 5, 'nobody says it of all: none is taken to be kept for so long')
  })

  it("is the CLI's own where it says one, and what differs by more than 5 % is said", async () => {
    const close = await priceAttempt(concluded({ costUsd: 2.3, costSource: 'cli' }), openai, undefined, list)
    assert.deepEqual([close.accounting.costUsd, close.remarks], [2.3, []])
    const far = await priceAttempt(concluded({ costUsd: 3, costSource: 'cli' }), openai, undefined, list)
    assert.equal(far.accounting.costUsd, 3)
    assert.match(
      far.remarks.map(({ text }) => text).join(),
      /cost of \$3\.0000, but by the list prices its tokens cost \$2\.2500/,
    )
    const unsure = await priceAttempt(
      concluded({ costUsd: 3, costSource: 'cli', partial: true }),
      openai,
      undefined,
      list,
    )
    assert.deepEqual(unsure.remarks, [])
  })

  it('is what the API would take where a subscription pays', async () => {
    const payer = { provider: 'openai', subscription: true }
    const { accounting } = await priceAttempt(concluded({}), payer, undefined, list)
    assert.equal(formatCost(accounting), '$2.25 (API-equivalent)')
    assert.equal(formatCost(addAccounting(accounting, accounting)), '$4.50 (API-equivalent)')
  })

  it('is marked where the price is only that of a model like it', async () => {
    const payer = { provider: 'anthropic', subscription: false }
    const { accounting } = await priceAttempt(concluded({}, { model: 'claude-sonnet-5-9' }), payer, undefined, list)
    assert.equal(accounting.costSource, 'approximate')
    assert.equal(formatCost(accounting), '≈ $3.00')
  })
})

describe('codex and gemini, the real ones', { concurrency: 2 }, () => {
  let rig: Rig
  before(async () => {
    rig = await openRig({
      rules:
        'rules:\n  - reply: { text: Done., usage: { input: 100000, cache-read: 50000, cache-write: 0, output: 1000 } }\n',
    })
  })
  after(() => rig.close())
  for (const [runtime, model, usd] of [
    ['codex', 'gpt-5.5', 0.5 + 0.025 + 0.03],
    ['gemini', 'gemini-2.5-pro', 0.125 + 0.00625 + 0.01],
  ] as const)
    it(`${runtime} costs what the list says of ${model}`, async () => {
      const prompt = { kind: 'prompt' as const, prompt: 'Do it.' }
      const { accounting, models } = await rig.run(taskOf(runtime, runtime, { action: prompt, model }))
      assert.deepEqual([accounting.costUsd?.toFixed(6), accounting.costSource], [usd.toFixed(6), 'list-price'])
      assert.deepEqual(
        models?.map((each) => each.model),
        [model],
      )
    })
})
