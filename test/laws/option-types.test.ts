import { FACTORIES, type Factory } from './factories';
import { readPublicApi } from '../helpers/public-api';

const API = readPublicApi();

const OTHER = ['x', '', 5, true, [], () => undefined, class Wrong {}];

/** Values of a wrong type, by the kind of the right type. */
const WRONG: ReadonlyArray<readonly [type: RegExp, values: readonly unknown[]]> = [
  [/\[\]$/, ['x', 5, {}, [5], [{}], [undefined]]],
  [/any \}$/, ['x', 5, ['x']]],
  [/^\{.*\[\] *;? *\}$/, ['x', ['x'], { A: 'x' }, { A: [5] }, { A: undefined }]],
  [/^\{/, ['x', ['x'], { A: 5 }, { A: undefined }]],
  [/^string$/, [5, {}, ['x']]],
  [/^number$/, ['5', {}, NaN]],
  [/^boolean$/, ['true', 1, {}]],
  // An empty object is right.
  [/^(ec2\.SubnetSelection|RolloutHooks)$/, OTHER],
  [/./, [...OTHER, {}]],
];

function wrongValues(type: string): readonly unknown[] {
  return WRONG.find(([pattern]) => pattern.test(type))![1];
}

/** Returns the errors of a call that the call with right arguments does not have. */
function errorsOf({ use }: Factory, changed: readonly unknown[], usual: readonly string[]): readonly string[] {
  try {
    return use(...changed)
      .check()
      .filter((error) => !usual.includes(error));
  } catch (error) {
    return [String(error)];
  }
}

/** A property or a parameter, and the call in which it has another value. */
interface Input {
  readonly name: string;
  readonly type: string;
  readonly change: (value: unknown) => readonly unknown[];
}

/** Returns the wrong values for which no error matches. */
function silentValues(factory: Factory, inputs: readonly Input[], patternOf: (name: string) => RegExp): string[] {
  const usual = factory.use(...factory.args).check();
  return inputs.flatMap(({ name, type, change }) =>
    wrongValues(type)
      .filter((value) => !errorsOf(factory, change(value), usual).some((error) => patternOf(name).test(error)))
      .map((value) => `${name}: ${type}, got ${typeof value} ${JSON.stringify(value)}`),
  );
}

/** Matches an error at a property, or at a part of its value. */
function atProperty(name: string): RegExp {
  return new RegExp(`^'([^']*[.])?${name}(['[.])`);
}

const WITH_OPTIONS = Object.entries(FACTORIES).filter(([, { options }]) => options !== undefined);

test.each(WITH_OPTIONS)('reports an option of a wrong type: %s', (_, factory) => {
  const { args, options } = factory;
  const before = args.slice(0, -1);
  const inputs = [...API.types.get(options!)!].map(([name, type]) => ({
    name,
    type,
    change: (value: unknown) => [...before, { ...(args[args.length - 1] as object), [name]: value }],
  }));
  expect(silentValues(factory, inputs, atProperty)).toEqual([]);
});

const WITH_PARAMETERS = Object.entries(FACTORIES).filter(([name]) => API.parameters.has(name.split(' ')[0]));

test.each(WITH_PARAMETERS)('reports an argument of a wrong type: %s', (key, factory) => {
  const { args } = factory;
  // The scope and the id of a construct are those of the CDK. Options are tested above.
  const inputs = API.parameters
    .get(key.split(' ')[0])!
    .filter(([name]) => name !== 'scope' && name !== 'id')
    .map(([name, type], i) => ({
      name,
      type,
      change: (value: unknown) => args.map((arg, other) => (other === i ? value : arg)),
    }))
    .filter(({ type }) => !/(Options|Props|Thresholds)$|^any$/.test(type))
    .slice(0, args.length);
  // An argument that identifies a variant has the path of the variant.
  expect(silentValues(factory, inputs, () => /^'[^']+' must .+, got .+; .+/s)).toEqual([]);
});
