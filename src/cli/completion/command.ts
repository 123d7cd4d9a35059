import type { Command } from '../command.ts'

const description = {
  name: 'completion',
  about: 'print a script that completes commands and options in a shell',
  usage: ['bash | zsh | fish | powershell'],
  maxOperands: 1,
  options: {},
  examples: [
    ['source <(orchestrator completion bash)', 'in ~/.bashrc'],
    ['source <(orchestrator completion zsh)', 'in ~/.zshrc, after compinit'],
    ['orchestrator completion fish | source', 'in ~/.config/fish/config.fish'],
    ['orchestrator completion powershell | Out-String | Invoke-Expression', 'in $PROFILE'],
  ],
} satisfies Omit<Command, 'load'>

/** `orchestrator completion SHELL`, of these commands and itself. */
export const createCompletionCommand = (others: readonly Command[]): Command => ({
  ...description,
  load: async () => (await import('./carry-out.ts')).createPrinter([...others, description]),
})
