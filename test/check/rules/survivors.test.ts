import { compliantTemplate, findingsIn, type Properties } from './compliant';

/** The properties without which a pipeline is valid, with the reason. `*` is any part of a path. */
const SURVIVORS: ReadonlyArray<readonly [path: string, reason: string]> = [
  ['Name', 'CloudFormation generates a name'],
  ['PipelineType', 'a feature of V2 makes it V2'],
  ['ExecutionMode', 'the default is SUPERSEDED'],
  ['ArtifactStore.EncryptionKey', 'the default is the managed key'],
  ['Triggers', 'the source starts the pipeline for its branch'],
  ['Triggers.0', 'the source starts the pipeline for its branch'],
  ['Triggers.0.GitConfiguration.*', 'a trigger has one event or both'],
  ['Triggers.0.GitConfiguration.Push.*', 'fewer filters start fewer executions'],
  ['Triggers.0.GitConfiguration.*.*.*.Includes', 'a filter without patterns matches everything'],
  ['Triggers.0.GitConfiguration.Push.0.FilePaths', 'a filter of branches needs no paths'],
  ['Triggers.0.GitConfiguration.PullRequest.0.Events', 'all events are the default'],
  ['Triggers.0.GitConfiguration.PullRequest.0.Events.*', 'fewer events start fewer executions'],
  ['DisableInboundStageTransitions', 'transitions are enabled by default'],
  ['DisableInboundStageTransitions.0', 'transitions are enabled by default'],
  ['Stages.0.Actions.1.Configuration.PollForSourceChanges', 'the default is to poll, and no event starts the pipeline'],
  ['Stages.1.Actions.0.Configuration.EnvironmentVariables', 'a build needs no variables'],
  ['Stages.1.Actions.0.InputArtifacts.1', 'nothing else reads the artifact'],
  ['Stages.*.Actions.*', 'nothing needs the action'],
  ['Stages.1.Actions.1.OutputVariables', 'nothing reads the variable'],
  ['Stages.1.Actions.1.OutputVariables.0', 'nothing reads the variable'],
  ['Stages.1.Actions.1.EnvironmentVariables', 'the source decides whether commands read it'],
  ['Stages.1.Actions.1.EnvironmentVariables.0', 'the source decides whether commands read it'],
  ['Stages.*.Actions.*.Configuration', 'the action type has no required keys'],
  ['Stages.1.Actions.1.Configuration.ComputeType', 'the default is the smallest'],
  ['Stages.1.Actions.1.OutputArtifacts', 'nothing reads the artifact'],
  ['Stages.1.Actions.1.OutputArtifacts.0', 'nothing reads the artifact'],
  ['Stages.1.Actions.1.OutputArtifacts.0.Files', 'the property is optional'],
  ['Stages.*.OnFailure', 'conditions are optional'],
  ['Stages.*.OnFailure.Result', 'the property is optional'],
  ['Stages.*.OnFailure.RetryConfiguration', 'the property is optional'],
  ['Stages.*.OnFailure.RetryConfiguration.RetryMode', 'the property is optional'],
  ['Stages.*.BeforeEntry', 'conditions are optional'],
  ['Stages.*.OnSuccess', 'conditions are optional'],
  ['Stages.*.*.Conditions.0.Result', 'the API marks it as optional'],
  ['Stages.*.*.Conditions.0.Rules.0.RuleTypeId.(Category|Owner|Version)', 'only one value is possible'],
  ['Stages.*.*.Conditions.0.Rules.0.Configuration.TimeZone', 'the default is UTC'],
  ['Stages.*.*.Conditions.0.Rules.0.Configuration.WaitTime', 'the key is optional'],
  ['Stages.2.Actions.0.TimeoutInMinutes', 'the default is seven days'],
  ['Stages.2.Actions.0.Configuration.CustomData', 'the key is optional'],
  ['Stages.2.Actions.1.RunOrder', 'the action then runs beside the approval, and still before the execution'],
  ['Stages.2.Actions.1.Configuration.Capabilities', 'the template decides whether it is required'],
  ['Stages.2.Actions.1.Configuration.ParameterOverrides', 'the template decides whether it has parameters'],
];

/** Changes a property, and returns whether it can. */
type Mutation = (owner: Properties, key: string) => boolean;

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  deleted: (owner, key) => {
    if (Array.isArray(owner)) owner.splice(Number(key), 1);
    else delete owner[key];
    return true;
  },
  renamed: (owner, key) => {
    if (Array.isArray(owner)) return false;
    owner[`${key}x`] = owner[key];
    delete owner[key];
    return true;
  },
  retyped: (owner, key) => {
    owner[key] = typeof owner[key] === 'object' ? 'text' : { Text: owner[key] };
    return true;
  },
};

function pathsIn(value: unknown, path: readonly string[] = []): Array<readonly string[]> {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [[...path, key], ...pathsIn(item, [...path, key])]);
}

/** Returns the properties of the pipeline whose mutation has no finding. */
function survivorsOf(mutate: Mutation): string[] {
  const { Properties: original } = compliantTemplate().Resources.Pipeline;
  return pathsIn(original)
    .filter((path) => {
      const template = compliantTemplate();
      const { Properties: pipeline } = template.Resources.Pipeline;
      const owner = path.slice(0, -1).reduce((object, key) => object[key], pipeline);
      return mutate(owner, path.at(-1)!) && findingsIn(template).every(({ severity }) => severity === 'info');
    })
    .map((path) => path.join('.'));
}

function matches(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.replace(/\./g, '\\.').replace(/\*/g, '[^.]+')}$`).test(path);
}

function isListed(path: string): boolean {
  return SURVIVORS.some(([pattern]) => matches(pattern, path));
}

test('the listed properties can be deleted, and no others', () => {
  const survivors = survivorsOf(MUTATIONS.deleted);

  expect(survivors.filter((path) => !isListed(path))).toEqual([]);
  expect(SURVIVORS.filter(([pattern]) => !survivors.some((path) => matches(pattern, path)))).toEqual([]);
});

test.each(['renamed', 'retyped'])('no property can be %s', (mutation) => {
  expect(survivorsOf(MUTATIONS[mutation])).toEqual([]);
});
