import type { Command } from '../command.ts'

/** `orchestrator logs [ID]`. */
export const logsCommand: Command = {
  name: 'logs',
  load: async () => (await import('./carry-out.ts')).showLogs,
  about: 'show what the instances of a run printed, agents as readable turns; follow it while it runs',
  usage: ['[ID] [--run RUN] [--follow] [--stderr] [--raw]', '[ID] --transcript [--run RUN] [--raw]'],
  maxOperands: 1,
  options: {
    run: { value: 'RUN', about: 'a run directory or the id of a run; default: the newest' },
    follow: { short: 'f', about: 'go on until the instance, or the run, has ended' },
    stderr: { about: 'the standard error instead of the output' },
    raw: { about: 'each line as it was printed: colours, and the protocol of an agent' },
    transcript: {
      about: 'the conversations that were kept (`transcript: true`), as turns; with --raw as the CLI wrote them',
    },
  },
  notes: [
    'Without ID, of all instances, each line after the id of its own. Secrets were masked when the logs were written. The whole logs are files below `logs/` in the run directory.',
  ],
  examples: [
    ['orchestrator logs review', 'what the agent `review` did and said in the newest run'],
    ['orchestrator logs -f', 'all that happens now'],
    ['orchestrator logs review --raw | jq .type', 'its stream'],
    ['orchestrator logs review --transcript', 'the whole conversation: prompts, answers, tools and what they gave'],
  ],
}
