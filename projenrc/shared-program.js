// The parser of ESLint, with a program that exists already. `types-and-style.js` sets it.
const parser = require('@typescript-eslint/parser');

module.exports = {
  ...parser,
  program: undefined,
  parseForESLint: (text, options) =>
    parser.parseForESLint(text, { ...options, project: undefined, programs: [module.exports.program] }),
};
