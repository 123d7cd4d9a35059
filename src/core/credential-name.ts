const credentialWords: ReadonlySet<string> = new Set(
  'TOKEN TOKENS SECRET SECRETS PASS PASSWORD PASSWD PASSPHRASE PAT PEM JWT AUTH CREDENTIAL CREDENTIALS'.split(' '),
)

/**
 * Whether a variable holds a credential, by its name: such a value is passed on as a secret or not at all. Asked of each variable at every start, hence
 * no regular expression: compiling one takes longer than asking.
 */
export function looksLikeCredential(name: string): boolean {
  const upper = name.toUpperCase()
  const words = upper.split('_')
  return words.some((word) => credentialWords.has(word)) || words.at(-1) === 'KEY' || upper.endsWith('APIKEY')
}
