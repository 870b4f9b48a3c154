// PouchDB pushing case-like records to a pouchdb server on loopback: `node push.mjs SERVER|CLIENT ...` (see ../sync.py).
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import fs from 'node:fs'
const require = createRequire(process.env.POUCH_MODULES + '/')
const PouchDB = require('pouchdb')
const [, , part, folder, address, file] = process.argv
const adapter = 'leveldb'
if (part === 'server') {
  const express = require('express')
  const app = express()
  app.use('/db', require('express-pouchdb')(PouchDB.defaults({ prefix: folder + '/', adapter }), { mode: 'minimumForPouchDB' }))
  const listener = app.listen(0, '127.0.0.1', () => console.log(listener.address().port))
} else {
  const records = JSON.parse(fs.readFileSync(file, 'utf8'))
  const here = new PouchDB(folder + '/here', { adapter })
  await here.bulkDocs(records.map((data, at) => ({ _id: String(at).padStart(7, '0'), data })))
  let bytes = 0
  const there = new PouchDB(address + '/db/there', {
    fetch: (url, options) => { bytes += String(url).length + (options?.body?.length ?? 0); return PouchDB.fetch(url, options) }
  })
  await there.info()
  const begin = performance.now()
  const done = await here.replicate.to(there, { batch_size: 1000 })
  console.log(JSON.stringify({ seconds: (performance.now() - begin) / 1000, written: done.docs_written, bytes }))
  process.exit(0)
}
