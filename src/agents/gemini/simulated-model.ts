import type { SimulatedModel } from '../../simulate/model-api.ts'
import { generateContentApi } from '../../simulate/generate-content-api.ts'

/** How the model server plays Gemini to Gemini CLI. */
export const geminiModel: SimulatedModel = {
  api: generateContentApi,
  shellCall: (command, offered) =>
    offered.includes('run_shell_command') ? { name: 'run_shell_command', input: { command } } : undefined,
}
