import { chatCompletionsApi } from '../../simulate/chat-completions-api.ts'
import type { SimulatedModel } from '../../simulate/model-api.ts'

/** How the model server plays a model to pi; its tool has the name of OpenCode's and Copilot's, without a description. */
export const piModel: SimulatedModel = {
  api: chatCompletionsApi,
  shellCall: (command, offered) =>
    offered.includes('bash') && offered.includes('ls') ? { name: 'bash', input: { command } } : undefined,
}
