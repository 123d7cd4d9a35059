import type { Command } from '../command.ts'

/** `orchestrator logs [ID]`. */
export const logsCommand: Command = {
  name: 'logs',
  load: async () => (await import('./carry-out.ts')).showLogs,
  about: 'show or follow what the instances of a run printed, agents as readable turns',
  usage: ['[ID] [--run RUN] [--follow] [--stderr] [--raw]', '[ID] --transcript [--run RUN] [--raw]'],
  maxOperands: 1,
  options: {
    run: { value: 'RUN', about: 'a run directory or the id of a run; default: the newest' },
    follow: { short: 'f', about: 'keep going until the instance, or the run, has ended' },
    stderr: { about: 'the standard error instead of the output' },
    raw: { about: "each line as it was printed, with colors and the agent's own protocol" },
    transcript: {
      about: 'the conversations that were kept (`transcript: true`), as turns; with --raw, as the CLI wrote them',
    },
  },
  notes: [
    'Without ID, shows all instances, each line prefixed by its id. Secrets were masked when the logs were written. The complete logs are in `logs/` in the run directory.',
  ],
  examples: [
    ['orchestrator logs review', 'what the agent `review` did and said in the newest run'],
    ['orchestrator logs -f', 'everything, live'],
    ['orchestrator logs review --raw | jq .type', 'its stream'],
    ['orchestrator logs review --transcript', 'the whole conversation: prompts, answers, tool calls and their results'],
  ],
}
