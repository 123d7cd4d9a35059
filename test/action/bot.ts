/** The beginning of a file whose agents are a program called `bot`, which costs what it says. */
export const botHead = (name: string, limits = ''): string => `name: ${name}
${limits}runtimes:
  bot:
    command: [bot, "{prompt-file}"]
    version: [bot, --version]
    parse: { format: json, text: text, usage: { input: usage.in, output: usage.out } }
    env: []
    untrusted-checkout: true
defaults: { runtime: bot, retry: 0 }
instances:`
