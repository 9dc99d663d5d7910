// The compiler copies no scripts: what src/functions holds besides TypeScript goes to lib/functions as it is.
const fs = require('fs');
const path = require('path');

const from = path.join(__dirname, '..', 'src', 'functions');
const to = path.join(__dirname, '..', 'lib', 'functions');
fs.mkdirSync(to, { recursive: true });
for (const file of fs.readdirSync(from).filter((name) => !name.endsWith('.ts'))) {
  fs.copyFileSync(path.join(from, file), path.join(to, file));
}
