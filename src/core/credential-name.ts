const words = 'TOKENS?|SECRETS?|PASS(?:WORD|WD|PHRASE)?|PAT|PEM|JWT|AUTH|CREDENTIALS?'
const credential = new RegExp(`(?:^|_)(?:${words})(?:_|$)|(?:^|_)KEY$|APIKEY$`, 'i')

/** Whether a variable holds a credential, by its name: such a value is passed on as a secret or not at all. */
export function looksLikeCredential(name: string): boolean {
  return credential.test(name)
}
