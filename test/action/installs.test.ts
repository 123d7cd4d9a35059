import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withInstalls } from '../../src/action/installs.ts'
import { runtimeFacts } from '../../src/agents/registry.ts'
import { compile } from '../../src/workflow/compile.ts'

const planOf = (text: string) => {
  const { plan } = compile('f.yml', text, { read: () => undefined, runtimes: runtimeFacts() })
  assert.ok(plan)
  return plan
}
const plan = planOf('runtimes: { claude: { version: 2.1.329 } }\ninstances: { a: { prompt: hi } }')

describe('the input `install`', () => {
  it('adds to the versions of the file', () => {
    const both = withInstalls(plan, { codex: '0.169.0', claude: '2.1.329' })
    assert.deepEqual('versions' in both && both.versions, { claude: '2.1.329', codex: '0.169.0' })
    assert.equal(withInstalls(plan, {}), plan)
  })

  it('is refused where it names what cannot be installed, or another version than the file', () => {
    const { problems } = withInstalls(plan, { shell: '1.0.0', claude: '2.1.330' }) as { problems: string[] }
    assert.equal(problems.length, 2)
    assert.match(
      problems[0] ?? '',
      /names `shell`; `claude`, `codex`, `gemini`, `copilot`, `qwen`, `opencode`, `pi` can be installed/,
    )
    assert.match(problems[1] ?? '', /claude 2\.1\.330 and the orchestration file for 2\.1\.329/)
  })
})
