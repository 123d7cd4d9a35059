import type { RuntimeEntry } from './schema.ts'

/**
 * Known CLIs as entries of `runtimes:`, by what their makers document: nobody drove them here, as docs/runtimes.md says. Figures are left out where
 * nobody held them against a ledger, so they are unknown.
 */
export const runtimePresets: Readonly<Record<NonNullable<RuntimeEntry['preset']>, RuntimeEntry>> = {
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
