import type { RuntimeEntry } from './schema.ts'

/** `input_tokens` of Qwen Code includes what was read from the cache; only the last line of a message has its usage. */
const qwenMessages = "[?type=='assistant' && message.usage].message.usage"

/** The provider that leads OpenCode to the model of `--simulate`. */
const simulatedProvider = {
  model: 'simulated/claude-sonnet-5-5',
  provider: {
    simulated: {
      npm: '@ai-sdk/anthropic',
      name: 'simulated',
      options: { baseURL: '{base-url}/v1', apiKey: '{api-key}' },
      models: { 'claude-sonnet-5-5': { name: 'simulated' } },
    },
  },
}

/**
 * Known CLIs as entries of `runtimes:`. The first three are driven by `npm run test:clis`; of the others this is what their makers document, as
 * docs/runtimes.md says. Figures are left out where nobody held them against a ledger, so they are unknown.
 */
export const runtimePresets: Readonly<Record<NonNullable<RuntimeEntry['preset']>, RuntimeEntry>> = {
  // @qwen-code/qwen-code 0.24.4; `--bare` spares a request of its own that no line accounts for.
  qwen: {
    command: ['qwen', '--bare', '--output-format', 'stream-json', ['--model', '{model}']],
    prompt: 'stdin',
    version: ['qwen', '--version'],
    env: [
      'OPENAI_API_KEY',
      'OPENAI_BASE_URL',
      'OPENAI_MODEL',
      'ANTHROPIC_API_KEY',
      'ANTHROPIC_BASE_URL',
      'ANTHROPIC_MODEL',
      'DASHSCOPE_API_KEY',
    ],
    safety: { autonomous: ['--approval-mode', 'yolo'], 'read-only': ['--approval-mode', 'plan'] },
    parse: {
      format: 'ndjson',
      text: "[?type=='result'] | [-1].result",
      error: "[?type=='result' && is_error].error.message",
      tools: "[?type=='assistant'].message.content[] | [?type=='tool_use'].name",
      usage: {
        input: `${qwenMessages}.[input_tokens - (cache_read_input_tokens || \`0\`)][]`,
        'cache-read': `${qwenMessages}.cache_read_input_tokens`,
        output: `${qwenMessages}.output_tokens`,
      },
    },
    simulate: {
      ANTHROPIC_BASE_URL: '{base-url}',
      ANTHROPIC_API_KEY: '{api-key}',
      ANTHROPIC_MODEL: 'claude-sonnet-5-5',
    },
  },
  // @github/copilot 1.0.102; it prints no tokens.
  copilot: {
    command: ['copilot', '--output-format', 'json', ['--model', '{model}'], '-p', '{prompt}'],
    version: ['copilot', '--version'],
    env: [
      'COPILOT_GITHUB_TOKEN',
      'COPILOT_PROVIDER_TYPE',
      'COPILOT_PROVIDER_BASE_URL',
      'COPILOT_PROVIDER_API_KEY',
      'COPILOT_PROVIDER_WIRE_API',
      'COPILOT_MODEL',
      'COPILOT_OFFLINE',
    ],
    safety: { autonomous: ['--allow-all-tools'] },
    parse: {
      format: 'ndjson',
      text: "[?type=='assistant.message'] | [-1].data.content",
      error: "[?type=='session.error'].data.message",
      tools: "[?type=='tool.execution_start'].data.toolName",
    },
    simulate: {
      COPILOT_OFFLINE: 'true',
      COPILOT_AUTO_UPDATE: 'false',
      COPILOT_PROVIDER_TYPE: 'anthropic',
      COPILOT_PROVIDER_BASE_URL: '{base-url}',
      COPILOT_PROVIDER_API_KEY: '{api-key}',
      COPILOT_MODEL: 'claude-sonnet-5-5',
    },
  },
  // opencode-ai 1.18.33; without a title it asks a model for one, which no line accounts for.
  opencode: {
    command: ['opencode', 'run', '--format', 'json', '--title', 'orchestrator', ['--model', '{model}'], '{prompt}'],
    version: ['opencode', '--version'],
    env: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY', 'OPENCODE_API_KEY'],
    parse: {
      format: 'ndjson',
      text: "[?type=='text'] | [-1].part.text",
      error: "[?type=='error'].error.[data.message || name][]",
      tools: "[?type=='tool_use'].part.tool",
      usage: {
        input: "[?type=='step_finish'].part.tokens.input",
        'cache-read': "[?type=='step_finish'].part.tokens.cache.read",
        'cache-write': "[?type=='step_finish'].part.tokens.cache.write",
        output: "[?type=='step_finish'].part.tokens.[output + reasoning][]",
        reasoning: "[?type=='step_finish'].part.tokens.reasoning",
      },
    },
    simulate: {
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_CONFIG_CONTENT: JSON.stringify(simulatedProvider),
    },
  },
  // https://docs.cursor.com/en/cli/headless
  'cursor-agent': {
    command: ['cursor-agent', '-p', '--output-format', 'stream-json', ['--model', '{model}'], '{prompt}'],
    version: ['cursor-agent', '--version'],
    env: ['CURSOR_API_KEY'],
    safety: { autonomous: ['--force'] },
    parse: {
      format: 'ndjson',
      text: "[?type=='result'] | [-1].result",
      error: "[?type=='result' && is_error].result",
      tools: "[?type=='tool_call' && subtype=='started'].tool_call | [].keys(@)[]",
    },
  },
  // https://ampcode.com/manual#non-interactive
  amp: {
    command: ['amp', '--execute', '--stream-json'],
    prompt: 'stdin',
    version: ['amp', '--version'],
    env: ['AMP_API_KEY', 'AMP_URL'],
    safety: { autonomous: ['--dangerously-allow-all'] },
    parse: {
      format: 'ndjson',
      text: "[?type=='result'] | [-1].result",
      error: "[?type=='result' && is_error].error",
      tools: "[?type=='assistant'].message.content[?type=='tool_use'].name[]",
    },
  },
  // https://aider.chat/docs/scripting.html
  aider: {
    command: [
      'aider',
      '--yes-always',
      '--no-pretty',
      '--no-stream',
      '--no-check-update',
      '--no-auto-commits',
      ['--model', '{model}'],
      '--message-file',
      '{prompt-file}',
    ],
    version: ['aider', '--version'],
    env: ['OPENAI_API_KEY', 'OPENAI_API_BASE', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY'],
  },
  // https://block.github.io/goose/docs/guides/goose-cli-commands
  goose: {
    command: ['goose', 'run', '--no-session', '--quiet', ['--model', '{model}'], '--instructions', '{prompt-file}'],
    version: ['goose', '--version'],
    env: ['GOOSE_PROVIDER', 'GOOSE_MODEL', 'OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GOOGLE_API_KEY'],
  },
  // https://github.com/charmbracelet/crush
  crush: {
    command: ['crush', 'run', '--quiet', ['--model', '{model}']],
    prompt: 'stdin',
    version: ['crush', '--version'],
    env: ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY'],
  },
}
