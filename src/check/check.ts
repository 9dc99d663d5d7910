import { bootstrapStacks } from './bootstrap';
import { CallEvaluator, type CheckedPipeline, type EvaluatedCall } from './call-evaluator';
import type { CheckReport, Finding, PipelineReport, Verdict } from './finding';
import { type Draft, limited, mergeDrafts } from './merge';
import { IamModel } from './model/iam-model';
import { readPipeline } from './pipeline';
import { ruleFindings } from './rules/findings';
import { combineWorlds, type WorldResult } from './worlds';
import type { AssemblyStack } from '../assembly/cloud-assembly';
import type { Progress } from '../assembly/json';
import { OpenConditions, type World } from '../assembly/open-conditions';
import { ResourceModel } from '../assembly/resource-model';
import type { ModelResource, StackScope } from '../assembly/scope';
import { compact } from '../common/compact';

export type { EvaluatedCall } from './call-evaluator';

export interface CheckOptions {
  readonly progress?: Progress;
  /** Receives every call, including the allowed ones. */
  readonly onCall?: (evaluated: EvaluatedCall) => void;
}

/** Checks whether the policies of the stacks allow the API calls of every pipeline. */
export function check(stacks: readonly AssemblyStack[], options: CheckOptions = {}): CheckReport {
  const { stacks: bootstrap, assumptions } = bootstrapStacks(stacks);
  const all = [...stacks, ...bootstrap];
  const { model, checked, assumptions: aboutResources } = checkWorld(all, options);
  const pipelines = combined(checked, all, model.openConditions).map(reportOf);

  function count(matches: (finding: Finding) => boolean) {
    return pipelines.reduce((sum, { findings }) => sum + findings.filter(matches).length, 0);
  }

  const warnings = [...new Set(stacks.flatMap((stack) => stack.warnings ?? []))];
  return {
    pipelines,
    summary: {
      pipelines: pipelines.length,
      stacks: stacks.length,
      errors: count(({ severity }) => severity === 'error'),
      warnings: warnings.length + count(({ severity }) => severity === 'warning'),
      unknown: count(({ verdict }) => verdict === 'UNKNOWN'),
      unmodelled: count(({ verdict }) => verdict === 'UNMODELLED'),
    },
    warnings,
    assumptions: [...assumptions, ...aboutResources, ...model.stacks.flatMap(unreadNested)],
  };
}

/** Contains the results for all pipelines under one set of assumptions about conditions, by their resource. */
interface CheckedWorld {
  readonly model: ResourceModel;
  readonly assumptions: readonly string[];
  readonly checked: ReadonlyMap<string, CheckedPipeline>;
}

function checkWorld(stacks: readonly AssemblyStack[], { progress, onCall }: CheckOptions, world?: World): CheckedWorld {
  const model = new ResourceModel(stacks, progress, new OpenConditions(world));
  const evaluator = new CallEvaluator(new IamModel(model), onCall);
  const resources = model.resources('AWS::CodePipeline::Pipeline');
  const checked = new Map<string, CheckedPipeline>();
  for (const [index, resource] of resources.entries()) {
    progress?.(`checked ${index} of ${resources.length} pipelines`);
    const pipeline = readPipeline(resource);
    const calls = evaluator.pipeline(pipeline);
    checked.set(identityOf(resource, checked), { ...calls, violations: ruleFindings(pipeline, calls.name, model) });
  }
  return { model, checked, assumptions: evaluator.assumptions };
}

/** Returns a key of a pipeline that is the same under all assumptions. Stacks of different files can share a name. */
function identityOf({ stack, logicalId }: ModelResource, existing: ReadonlyMap<string, unknown>): string {
  const identity = `${stack.account}/${stack.region}/${stack.displayName}/${logicalId}`;
  let unique = identity;
  for (let number = 2; existing.has(unique); number++) unique = `${identity}#${number}`;
  return unique;
}

/** Checks the pipelines again for the possible values of conditions that the input does not determine. */
function combined(
  checked: CheckedWorld['checked'],
  stacks: readonly AssemblyStack[],
  conditions: OpenConditions,
): CheckedPipeline[] {
  if (checked.size === 0) return [];
  const worlds = conditions.worlds();
  if (worlds.length <= 1) return [...checked.values()];
  const results = worlds.map((world) => ({ world, checked: checkWorld(stacks, {}, world).checked }));
  return [...checked].map(([resource, pipeline]) => {
    const ofPipeline = results.map((result): WorldResult => ({
      world: result.world,
      pipeline: result.checked.get(resource),
    }));
    if (ofPipeline.every((result) => result.pipeline === undefined)) return pipeline;
    return combineWorlds(ofPipeline, conditions);
  });
}

/** Completes the report of a pipeline. */
function reportOf({ name, stack, templateFile, drafts, allowed, violations = [] }: CheckedPipeline): PipelineReport {
  const findings = mergeDrafts(drafts);

  function count(verdict: Verdict) {
    return findings.filter((finding) => finding.verdict === verdict).length;
  }

  return {
    name,
    stack,
    templateFile,
    findings: withUniqueIds([...violations, ...findings.map((draft) => findingOf([stack, name], draft))]),
    calls: { allowed, denied: count('DENIED'), unknown: count('UNKNOWN'), unmodelled: count('UNMODELLED') },
  };
}

/** Returns an assumption for each nested stack whose template is not in the assembly. */
function unreadNested(stack: StackScope) {
  return stack
    .unreadNested()
    .map(
      (logicalId) =>
        `nested stack ${logicalId} of ${stack.displayName} was not checked: its template is not in the assembly ` +
        '(`cdk synth` writes it, app.synth() in a test does not)',
    );
}

const PHRASES = {
  DENIED: { rule: 'AccessDenied', verb: 'may not' },
  UNKNOWN: { rule: 'AccessUnknown', verb: 'may or may not' },
} as const;

/** Completes a finding of a pipeline with its id and its message. */
function findingOf(pipelinePath: readonly string[], draft: Draft): Finding {
  const { verdict, stage, action, alsoFor, caller, call, resource, why } = draft;
  const path = compact([...pipelinePath, stage, action]);
  if (verdict === 'UNMODELLED') {
    return {
      ...draft,
      id: `ProviderUnmodelled[${path.join('/')}]`,
      why: '',
      message: `the check does not model the calls of ${why}`,
    };
  }
  const { rule, verb } = PHRASES[verdict];
  const others = alsoFor.length > 0 ? ` (also for ${limited(alsoFor)})` : '';
  return {
    ...draft,
    id: `${rule}[${[...path, `${caller} ${call} ${resource}`].join('/')}]`,
    message: `${caller} ${verb} call ${call} on ${resource}: ${why}${others}`,
  };
}

/** Appends a number to the id of each finding whose id occurs before. */
function withUniqueIds(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const occurrence = (seen.get(finding.id) ?? 0) + 1;
    seen.set(finding.id, occurrence);
    if (occurrence === 1) return finding;
    return { ...finding, id: finding.id.replace(/\]$/, `#${occurrence}]`) };
  });
}
