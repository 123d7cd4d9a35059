import type { ConcreteCall } from '../../simulate/resolved-reply.ts'
import type { SimulatedModel } from '../../simulate/model-api.ts'
import { responsesApi } from '../../simulate/responses-api.ts'

/** How the model server plays a model of OpenAI's to Codex; its shell tool has had several shapes, and depends on the model. */
export const codexModel: SimulatedModel = {
  api: responsesApi,
  shellCall: (command, offered): ConcreteCall | undefined => {
    if (offered.includes('exec_command')) return { name: 'exec_command', input: { cmd: command } }
    if (offered.includes('shell_command')) return { name: 'shell_command', input: { command } }
    if (offered.includes('shell')) return { name: 'shell', input: { command: ['bash', '-lc', command] } }
    if (!offered.includes('exec')) return undefined
    return { name: 'exec', input: `text(await tools.exec_command(${JSON.stringify({ cmd: command })}))` }
  },
}
