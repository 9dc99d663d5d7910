import { type Build, buildsOf } from './build-specs';
import { BUILD_GUIDE, type ServiceRule } from './service-rule';
import { isObject, type JsonObject, listOf, objectOf, textOf } from '../../assembly/json';
import { hasUnknown } from '../../assembly/unknown';
import { closest } from '../../common/closest';
import { didYouMean } from '../../common/rules';

const KEYS = ['version', 'run-as', 'env', 'proxy', 'batch', 'phases', 'reports', 'artifacts', 'cache'];
const ENV_KEYS = [
  'shell',
  'variables',
  'parameter-store',
  'secrets-manager',
  'exported-variables',
  'git-credential-helper',
];
const REPORT_FORMATS = [
  'CUCUMBERJSON',
  'JUNITXML',
  'NUNITXML',
  'NUNIT3XML',
  'TESTNGXML',
  'VISUALSTUDIOTRX',
  'CLOVERXML',
  'COBERTURAXML',
  'JACOCOXML',
  'SIMPLECOV',
];

/** Rules for the contents of buildspecs. */
export const BUILD_PHASE_RULES: readonly ServiceRule[] = [
  specRule('BuildSpecCommands', 'error', 'The phases of a buildspec have commands, which are strings.', (spec) =>
    Object.entries(objectOf(spec.phases)).flatMap(([phase, contents]) => commandFaults(phase, objectOf(contents))),
  ),
  specRule('BuildSpecOnFailure', 'error', 'The failure of a phase ends, continues or retries the build.', (spec) =>
    Object.entries(objectOf(spec.phases))
      .map(([phase, contents]) => ({ phase, value: textOf(objectOf(contents)['on-failure']) }))
      .filter(({ value }) => value !== '' && !hasUnknown(value) && !/^(ABORT|CONTINUE|RETRY(-.+)?)$/i.test(value))
      .map(({ phase, value }) => ({
        must: `have ABORT, CONTINUE or RETRY as on-failure of ${phase}`,
        got: value,
        fix: 'choose one of these',
      })),
  ),
  specRule('BuildSpecReportFormat', 'error', 'The format of a test report is one that CodeBuild reads.', (spec) =>
    Object.values(objectOf(spec.reports))
      .map((report) => textOf(objectOf(report)['file-format']))
      .filter((format) => format !== '' && !hasUnknown(format) && !REPORT_FORMATS.includes(format.toUpperCase()))
      .map((format) => ({
        must: `have reports in the format ${REPORT_FORMATS.join(', ')}`,
        got: format,
        fix: 'choose one of these',
      })),
  ),
  specRule('BuildSpecExportedName', 'error', 'Exported variables do not begin with AWS_.', (spec) =>
    listOf(objectOf(spec.env)['exported-variables'])
      .map(textOf)
      .filter((name) => name.startsWith('AWS_'))
      .map((name) => ({
        must: 'not export a variable that begins with AWS_',
        got: name,
        fix: 'assign the value to another variable, and export that one',
      })),
  ),
  specRule('BuildSpecKey', 'warning', 'The keys of a buildspec are spelled as in its reference.', (spec) =>
    [...misspelt(spec, KEYS), ...misspelt(objectOf(spec.env), ENV_KEYS)].map(({ key, similar }) => ({
      must: 'have the keys of the reference of buildspecs',
      got: key,
      fix: didYouMean(similar!),
    })),
  ),
];

interface SpecFault {
  readonly must: string;
  readonly got?: unknown;
  readonly fix: string;
}

/** Returns a rule for the buildspec of each build, as far as it is in the template. */
function specRule(
  id: string,
  severity: ServiceRule['severity'],
  summary: string,
  faultsOf: (spec: JsonObject) => readonly SpecFault[],
): ServiceRule {
  return {
    id,
    severity,
    summary,
    see: `${BUILD_GUIDE}/build-spec-ref.html`,
    violations: (pipeline, model) =>
      buildsOf(pipeline, model).flatMap((build) =>
        faultsOf(build.spec ?? {}).map((fault) => ({ ...placeOf(build), ...fault })),
      ),
  };
}

/** Returns the place of a buildspec: the project, or the action that overrides it. */
function placeOf({ action, project }: Build) {
  const place = { stage: action.stageName, action: action.name };
  if (textOf(action.configuration.BuildspecOverride) !== '') {
    return { ...place, path: `${action.path}.Configuration.BuildspecOverride` };
  }
  return { ...place, resource: project, path: 'Source.BuildSpec' };
}

function commandFaults(phase: string, contents: JsonObject): SpecFault[] {
  const { commands, finally: last } = contents;
  if (commands === undefined && phase !== 'install') {
    return [{ must: `have commands in the phase ${phase}`, fix: 'add commands, or remove the phase' }];
  }
  return [...listOf(commands), ...listOf(last)]
    .filter((command) => isObject(command) || Array.isArray(command))
    .map((command) => ({
      must: `have strings as commands of the phase ${phase}`,
      got: command,
      fix: 'quote the command, because a colon followed by a space makes it a mapping',
    }));
}

function misspelt(value: JsonObject, keys: readonly string[]) {
  return Object.keys(value)
    .filter((key) => !keys.includes(key) && !hasUnknown(key))
    .map((key) => ({ key, similar: closest(key, keys) }))
    .filter(({ similar }) => similar !== undefined);
}
