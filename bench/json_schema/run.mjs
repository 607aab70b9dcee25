// How fast our JSON Schema is beside ajv's, on the same documents, in one run on one machine.
//
//   node bench/json_schema/run.mjs [build/release/bench/plimsoll_schema_speed]
//
// Documents: the order of json_schema_bench.cc, and if ../shared/data is there, the first accepted
// call of each question of bfcl against the schema of its tool (its words for types translated).
// A document comes as text, as answers and tool arguments do; both parse it, then examine it.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
if (!existsSync(join(here, 'node_modules', 'ajv'))) {
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: here, stdio: 'ignore' })
}
const { default: Ajv } = await import('ajv/dist/2020.js')
const program = process.argv[2] ?? join(root, 'build/release/bench/plimsoll_schema_speed')

const words = { dict: 'object', float: 'number', tuple: 'array' }
function translated(schema) {
  if (Array.isArray(schema)) return schema.map(translated)
  if (schema === null || typeof schema !== 'object') return schema
  const out = {}
  for (const [key, value] of Object.entries(schema)) {
    if (['default', 'description', 'optional', 'format', 'example'].includes(key)) continue
    if (key === 'type' && value === 'any') continue
    if (key === 'type' && typeof value === 'string') out.type = words[value] ?? value
    else if (key === 'properties') out.properties = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, translated(v)]))
    else if (key === 'enum') out.enum = [...new Set(value)]
    else out[key] = translated(value)
  }
  return out
}
function plain(accepted) {
  if (Array.isArray(accepted)) return accepted.map(plain)
  if (accepted === null || typeof accepted !== 'object') return accepted
  const chosen = Object.entries(accepted).map(([k, v]) => [k, Array.isArray(v) ? v.find((x) => x !== '') : v])
  return Object.fromEntries(chosen.filter(([, v]) => v !== undefined).map(([k, v]) => [k, plain(v)]))
}
const lines = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).map((l) => JSON.parse(l))

function callsOfBfcl() {
  const folder = join(root, '..', 'shared', 'data', 'bfcl')
  if (!existsSync(folder)) return []
  const documents = []
  for (const file of readdirSync(join(folder, 'possible_answer')).sort()) {
    const answers = new Map(lines(join(folder, 'possible_answer', file)).map((a) => [a.id, a.ground_truth]))
    for (const question of lines(join(folder, 'questions', file))) {
      for (const truth of answers.get(question.id) ?? []) {
        const [name, accepted] = Object.entries(truth)[0]
        const tool = question.function.find((f) => f.name === name)
        if (tool) documents.push({ schema: translated(tool.parameters), text: JSON.stringify(plain(accepted)) })
      }
    }
  }
  return documents
}

const order = {
  schema: {
    type: 'object',
    properties: {
      order_id: { type: 'string', pattern: '^[A-Z]{2}-[0-9]{4,8}$' },
      reason: { type: 'string', enum: ['damaged', 'late', 'wrong_item', 'other'] },
      items: {
        type: 'array', minItems: 1,
        items: {
          type: 'object',
          properties: {
            sku: { type: 'string', minLength: 3 },
            quantity: { type: 'integer', minimum: 1 },
            price: { type: 'number', multipleOf: 0.01 },
          },
          required: ['sku', 'quantity'], additionalProperties: false,
        },
      },
      address: { $ref: '#/$defs/address' },
      notify: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    },
    required: ['order_id', 'reason', 'items'], additionalProperties: false,
    $defs: {
      address: {
        type: 'object',
        properties: { street: { type: 'string' }, city: { type: 'string' }, zip: { type: 'string', pattern: '^\\d{5}$' } },
        required: ['city'],
      },
    },
  },
  text: JSON.stringify({
    order_id: 'PL-44119', reason: 'damaged',
    items: [
      { sku: 'mug-01', quantity: 2, price: 12.5 }, { sku: 'cup-07', quantity: 1, price: 4.25 },
      { sku: 'jar-11', quantity: 6, price: 19.75 },
    ],
    address: { street: 'Hafenstr. 4', city: 'Kiel', zip: '24103' }, notify: null,
  }),
}

/// Nanoseconds of processor time per document of `work`, which does all of them once; the best of
/// three quarter seconds. Processor time, since other work may share the machine.
function nanoseconds(count, work) {
  const used = () => { const { user, system } = process.cpuUsage(); return 1000 * (user + system) }
  let best = Infinity
  for (let round = 0; round < 4; ++round) {
    const from = used()
    let passes = 0, spent = 0
    do { work(); ++passes; if (passes % 64 === 0 || count > 100) spent = used() - from } while (spent < 250_000_000)
    if (round > 0) best = Math.min(best, spent / (passes * count))  // The first warms up.
  }
  return best
}

function byAjv(documents) {
  const ajv = new Ajv({ strict: false, validateFormats: false })
  const from = process.hrtime.bigint()
  const validators = new Map()
  for (const { schema } of documents) {
    const key = JSON.stringify(schema)
    if (!validators.has(key)) validators.set(key, ajv.compile(schema))
  }
  const compile = Number(process.hrtime.bigint() - from) / validators.size
  const work = documents.map((d) => [validators.get(JSON.stringify(d.schema)), d.text, JSON.parse(d.text)])
  const valid = work.filter(([validate, , value]) => validate(value)).length
  let sink = 0
  return {
    valid, compile,
    examine: nanoseconds(work.length, () => { for (const [validate, , value] of work) sink += validate(value) }),
    parse_and_examine: nanoseconds(work.length, () => { for (const [validate, text] of work) sink += validate(JSON.parse(text)) }),
  }
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-schema-'))
try {
  console.log(`ajv ${JSON.parse(readFileSync(join(here, 'node_modules/ajv/package.json'))).version}, node ${process.version}\n`)
  console.log('| documents | n | valid, ours and ajv\'s | compile a schema, us | examine, ns | parse and examine, ns |')
  console.log('| --- | --- | --- | --- | --- | --- |')
  for (const [name, documents] of [['order', [order]], ['bfcl calls', callsOfBfcl()]]) {
    if (documents.length === 0) continue
    const file = join(folder, 'documents.jsonl')
    writeFileSync(file, documents.map((d) => JSON.stringify(d)).join('\n') + '\n')
    const ours = JSON.parse(execFileSync(program, [file], { encoding: 'utf8' }))
    const theirs = byAjv(documents)
    const pair = (key, unit = 1) => `${(ours[key] / unit).toFixed(1)} beside ${(theirs[key] / unit).toFixed(1)}: ${(theirs[key] / ours[key]).toFixed(2)}x`
    console.log(`| ${name} | ${documents.length} | ${ours.valid}, ${theirs.valid} | ${pair('compile', 1000)} | ${pair('examine')} | ${pair('parse_and_examine')} |`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
