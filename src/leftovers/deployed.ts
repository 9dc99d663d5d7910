import { type Leftover, type LeftoverEnv, regionOption, word } from './leftover';
import { listOf, objectOf, textOf, type JsonObject } from '../assembly/json';
import type { ResourceModel } from '../assembly/resource-model';
import { hasUnknown } from '../assembly/unknown';

/** Modes in which an action of CloudFormation creates or updates a stack. */
const DEPLOYING_MODES = ['CHANGE_SET_EXECUTE', 'CREATE_UPDATE', 'REPLACE_ON_FAILURE'];

/** Describes what an action deploys. */
type Deployed = Pick<Leftover, 'kind' | 'type' | 'name' | 'command'>;

/** Returns what the pipelines of a model deploy and do not remove, by identity. */
export function deployedBy(model: ResourceModel): Map<string, Leftover> {
  const deployed = model.resources('AWS::CodePipeline::Pipeline').flatMap(({ stack, properties }) =>
    listOf(properties.Stages)
      .flatMap((stage) => listOf(objectOf(stage).Actions))
      .map(objectOf)
      .flatMap((action): Leftover[] => {
        const env = {
          account: knownText(textOf(action.RoleArn).split(':')[4] ?? '') ?? knownText(stack.account),
          region: knownText(textOf(action.Region)) ?? knownText(stack.region),
        };
        const provider = textOf(objectOf(action.ActionTypeId).Provider);
        const result = DEPLOYMENTS[provider]?.(objectOf(action.Configuration), env);
        if (result === undefined) return [];
        const reason = `no pipeline deploys it any more; the action ${textOf(action.Name)} did`;
        return [{ ...result, ...env, remove: 'before', reason }];
      }),
  );
  return new Map(deployed.map((leftover) => [identityOf(leftover), leftover]));
}

function identityOf({ kind, account, region, name }: Leftover): string {
  return [kind, account, region, name].join(' ');
}

/** Returns what an action deploys, by provider. */
const DEPLOYMENTS: Readonly<
  Record<string, ((configuration: JsonObject, env: LeftoverEnv) => Deployed | undefined) | undefined>
> = {
  CloudFormation: deployedStack,
  EKS: deployedToCluster,
};

function deployedStack({ ActionMode, StackName }: JsonObject, env: LeftoverEnv): Deployed | undefined {
  const name = knownText(textOf(StackName));
  if (name === undefined || !DEPLOYING_MODES.includes(textOf(ActionMode))) return undefined;
  return { kind: 'deployed-stack', type: 'AWS::CloudFormation::Stack', name, command: deleteStack(name, env) };
}

/** Returns the command that deletes a stack. */
export function deleteStack(stackName: string, env: LeftoverEnv): string {
  return `aws cloudformation delete-stack --stack-name ${word(stackName)}${regionOption(env)}`;
}

function deployedToCluster(configuration: JsonObject): Deployed | undefined {
  const [cluster, namespace, release, files] = ['ClusterName', 'Namespace', 'HelmReleaseName', 'ManifestFiles'].map(
    (key) => knownText(textOf(configuration[key])),
  );
  const option = namespace === undefined ? '' : ` --namespace ${word(namespace)}`;
  const place = `${cluster ?? 'the cluster'}, namespace ${namespace ?? 'default'}`;
  if (release !== undefined) {
    const command = `helm uninstall ${word(release)}${option}`;
    return { kind: 'helm-release', type: 'Helm release', name: `${release} in ${place}`, command };
  }
  if (files === undefined) return undefined;
  const paths = files.split(',').map((file) => ` -f ${word(file.trim())}`);
  const command = `kubectl delete${option}${paths.join('')}`;
  return { kind: 'kubernetes-manifests', type: 'Kubernetes manifests', name: `${files} in ${place}`, command };
}

/** Returns a text that is known completely, or undefined. */
export function knownText(text: string): string | undefined {
  return text === '' || hasUnknown(text) ? undefined : text;
}
