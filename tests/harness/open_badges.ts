// What the JSON schema of Open Badges 3.0 asks of a credential, written down from the published schema and specification:
// purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json. Only the parts that we use; what is closed there
// (additionalProperties: false) is closed here.

interface Shape {
  required: Record<string, Rule>
  optional?: Record<string, Rule>
  /** Other members are faults. */
  closed?: boolean
}
type Rule = (value: unknown, at: string) => string[]

const text: Rule = (value, at) => (typeof value === 'string' && value !== '' ? [] : [`${at} is no text`])
const flag: Rule = (value, at) => (typeof value === 'boolean' ? [] : [`${at} is no truth value`])
const date_time: Rule = (value, at) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value)
    ? []
    : [`${at} is no date-time with a zone`]
const one_of =
  (...values: string[]): Rule =>
  (value, at) =>
    values.includes(value as string) ? [] : [`${at} is none of ${values.join(', ')}`]
const list_of =
  (rule: Rule): Rule =>
  (value, at) =>
    Array.isArray(value) && value.length > 0 ? value.flatMap((item, i) => rule(item, `${at}/${i}`)) : [`${at} is no list`]
const types =
  (...wanted: string[]): Rule =>
  (value, at) =>
    Array.isArray(value) && wanted.every((type) => value.includes(type)) ? [] : [`${at} lacks ${wanted.join(', ')}`]
const shape =
  ({ required, optional = {}, closed }: Shape): Rule =>
  (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`]
    const members = value as Record<string, unknown>
    return [
      ...Object.entries(required).flatMap(([name, rule]) =>
        name in members ? rule(members[name], `${at}/${name}`) : [`${at}/${name} is missing`],
      ),
      ...Object.entries(optional).flatMap(([name, rule]) => (name in members ? rule(members[name], `${at}/${name}`) : [])),
      ...(closed
        ? Object.keys(members)
            .filter((name) => !(name in required) && !(name in optional))
            .map((name) => `${at}/${name} is unknown`)
        : []),
    ]
  }

const identity = shape({
  required: {
    type: one_of('IdentityObject'),
    hashed: flag,
    identityHash: text,
    identityType: one_of(
      'name',
      'sourcedId',
      'systemId',
      'userName',
      'accountId',
      'emailAddress',
      'nationalIdentityNumber',
      'identifier',
    ),
  },
  optional: { salt: text },
  closed: true,
})
const achievement = shape({
  required: {
    id: text,
    type: types('Achievement'),
    criteria: shape({ required: {}, optional: { id: text, narrative: text } }),
    description: text,
    name: text,
  },
  optional: { achievementType: one_of('Certificate', 'Badge', 'Course', 'CertificateOfCompletion') },
})
const subject = shape({
  required: { type: types('AchievementSubject'), achievement },
  optional: { id: text, identifier: list_of(identity), licenseNumber: text, narrative: text },
})
const contexts: Rule = (value, at) =>
  Array.isArray(value) &&
  value[0] === 'https://www.w3.org/ns/credentials/v2' &&
  /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context-3\.\d+\.\d+\.json$/.test(value[1])
    ? []
    : [`${at} is not the two contexts in their order`]

const credential = shape({
  required: {
    '@context': contexts,
    id: text,
    type: types('VerifiableCredential', 'OpenBadgeCredential'),
    credentialSubject: subject,
    issuer: shape({ required: { id: text, type: types('Profile') }, optional: { name: text, url: text } }),
    validFrom: date_time,
  },
  optional: {
    name: text,
    credentialStatus: shape({ required: { id: text, type: text } }),
    credentialSchema: list_of(shape({ required: { id: text, type: one_of('1EdTechJsonSchemaValidator2019') } })),
  },
})

/** Everything that the schema would object to; empty for a good one. */
export const faults_of_badge = (badge: unknown): string[] => credential(badge, '')
