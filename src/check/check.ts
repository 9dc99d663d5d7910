import { bootstrapStacks } from './bootstrap';
import type { AssemblyStack } from '../assembly/cloud-assembly';
import type { Progress } from '../assembly/json';
import type { StackScope } from '../assembly/scope';
import { ResourceModel } from '../assembly/resource-model';
import type { Call } from './calls/call';
import { CallGroup, callsOf } from './calls/pipeline-calls';
import type { CheckReport, Finding, PipelineReport, Severity } from './finding';
import { fixesOf } from './fix';
import { evaluate } from './iam/evaluate';
import type { AccessRequest, Caller, Evaluation, Reason } from './iam/request';
import { PipelineModel, readPipeline } from './pipeline';
import { IamModel } from './model/iam-model';
import { contextOf } from './model/context';
import type { Target } from './model/resource-policies';

export interface CheckOptions {
  readonly progress?: Progress;
  /** Told of every call, the allowed ones too. */
  readonly onCall?: (judged: EvaluatedCall) => void;
}

/** Checks every pipeline of some stacks: which calls of which action the policies among the stacks allow. */
export function check(stacks: readonly AssemblyStack[], { progress, onCall }: CheckOptions = {}): CheckReport {
  const { stacks: bootstrap, assumptions } = bootstrapStacks(stacks);
  const model = new ResourceModel([...stacks, ...bootstrap], progress);
  const judge = new CallEvaluator(new IamModel(model), onCall);
  const resources = model.resources('AWS::CodePipeline::Pipeline');
  const pipelines = resources.map((resource, index) => {
    progress?.(`checked ${index} of ${resources.length} pipelines`);
    return judge.pipeline(readPipeline(resource));
  });

  function count(is: (finding: Finding) => boolean) {
    return pipelines.reduce((sum, { findings }) => sum + findings.filter(is).length, 0);
  }

  return {
    pipelines,
    summary: {
      pipelines: pipelines.length,
      stacks: stacks.length,
      errors: count(({ severity }) => severity === 'error'),
      warnings: count(({ severity }) => severity === 'warning'),
      unknown: count(({ verdict }) => verdict === 'UNKNOWN'),
      unmodelled: count(({ verdict }) => verdict === 'UNMODELLED'),
    },
    assumptions: [...assumptions, ...model.stacks.flatMap(unreadNested)],
  };
}

/** What a nested stack holds is unknown when its template is not at hand. */
function unreadNested(stack: StackScope) {
  return stack
    .unreadNested()
    .map(
      (logicalId) =>
        `nested stack ${logicalId} of ${stack.displayName} was not looked into: its template is not in the ` +
        `assembly (\`cdk synth\` puts it there, app.synth() in a test does not)`,
    );
}

/** A call with all that was found out about it. */
export interface EvaluatedCall {
  readonly call: Call;
  readonly request: AccessRequest;
  readonly target: Target;
  readonly evaluation: Evaluation;
}

class CallEvaluator {
  private readonly evaluations = new Map<string, Evaluation>();

  constructor(
    private readonly model: IamModel,
    private readonly onCall: CheckOptions['onCall'],
  ) {}

  public pipeline(pipeline: PipelineModel): PipelineReport {
    const calls = { allowed: 0, denied: 0, unknown: 0, unmodelled: 0 };
    const findings: Finding[] = [];
    for (const group of callsOf(pipeline, this.model)) {
      if (group.unmodelled !== undefined) {
        calls.unmodelled++;
        const place = [this.show(group.stage!), this.show(group.action!)] as const;
        findings.push(
          unmodelled(
            `${pipeline.stack.displayName}/${pipelineName(this.show(pipeline.name))}`,
            ...place,
            this.show(group.unmodelled),
          ),
        );
      }
      for (const call of distinct(group.calls)) {
        const judged = this.judge(call);
        this.onCall?.(judged);
        const verdict =
          judged.call.uncertainty !== undefined && judged.evaluation.verdict === 'DENIED'
            ? 'UNKNOWN'
            : judged.evaluation.verdict;
        calls[verdict === 'ALLOWED' ? 'allowed' : verdict === 'DENIED' ? 'denied' : 'unknown']++;
        if (verdict !== 'ALLOWED') findings.push(this.finding(pipeline, group, judged, verdict));
      }
    }
    return {
      name: pipelineName(this.show(pipeline.name)),
      stack: pipeline.stack.displayName,
      findings: withUniqueIds(findings),
      calls,
    };
  }

  private judge(call: Call): EvaluatedCall {
    const judged = this.judgeOn(call.resource, call);
    if (judged.evaluation.verdict === 'ALLOWED') return judged;
    if (call.alternativeResource !== undefined) {
      const other = this.judgeOn(call.alternativeResource, call);
      // Either will do: what may be allowed in the one form is not denied because of the other.
      if (other.evaluation.verdict === 'ALLOWED' || judged.evaluation.verdict === 'DENIED') {
        return other.evaluation.verdict === 'DENIED' ? judged : other;
      }
    }
    if (
      call.formerName !== undefined &&
      judged.evaluation.verdict === 'DENIED' &&
      this.judgeOn(call.resource, { ...call, call: call.formerName }).evaluation.verdict !== 'DENIED'
    ) {
      return {
        ...judged,
        call: {
          ...call,
          uncertainty: `only ${call.formerName}, as it was named once, is allowed, and whether that is enough is not known`,
        },
      };
    }
    return judged;
  }

  private judgeOn(resource: string, call: Call): EvaluatedCall {
    const caller = this.callerOf(call);
    const target = this.model.targets.target(resource, caller.kind === 'role' ? caller.account : call.from.account);
    const context = contextOf(call, caller, target, this.model);
    const key = JSON.stringify([call.caller, call.call, resource, target.account, context]);
    const request: AccessRequest = {
      caller,
      action: call.call,
      resource,
      resourceAccount: target.account,
      resourcePolicy: target.policy,
      context,
    };
    const evaluation = this.evaluations.get(key) ?? evaluate(request);
    this.evaluations.set(key, evaluation);
    return { call, request, target, evaluation };
  }

  private callerOf({ caller, from }: Call): Caller {
    if ('service' in caller) return { kind: 'service', service: caller.service };
    if ('role' in caller) return this.model.roles.byArn(caller.role).caller;
    const arn = `arn:${from.partition}:iam::${caller.account}:root`;
    return {
      kind: 'role',
      arn,
      account: caller.account,
      identity: { policies: [{ name: 'the account itself', document: EVERYTHING }] },
    };
  }

  private finding(
    pipeline: PipelineModel,
    { stage, action }: CallGroup,
    { call, request: { caller }, target, evaluation }: EvaluatedCall,
    verdict: 'DENIED' | 'UNKNOWN',
  ): Finding {
    const who = this.callerName(caller);
    const resource = this.show(call.resource);
    const rule = verdict === 'DENIED' ? 'AccessDenied' : 'AccessUnknown';
    const because = evaluation.reasons.map((reason) => ({
      ...reason,
      words: this.show(reason.explanation),
      ...(reason.policy !== undefined && { policy: this.show(reason.policy) }),
      ...(reason.statement !== undefined && { statement: this.show(reason.statement) }),
    }));
    const doubted = call.uncertainty !== undefined && evaluation.verdict === 'DENIED';
    const why = doubted ? call.uncertainty : [...new Set(because.map(reasonText))].join('; ');
    return {
      id: `${rule}[${this.show([pipeline.stack.displayName, pipelineName(this.show(pipeline.name)), stage, action, `${who} ${call.call} ${resource}`].filter((part) => part !== undefined).join('/'))}]`,
      severity: severityOf(call, verdict),
      verdict,
      ...(stage !== undefined && { stage: this.show(stage) }),
      ...(action !== undefined && { action: this.show(action) }),
      caller: who,
      call: call.call,
      resource,
      message: `${who} ${verdict === 'DENIED' ? 'may not' : 'may or may not'} call ${call.call} on ${resource}: ${why}`,
      why,
      reasons: because,
      fix: verdict === 'DENIED' ? fixesOf(call, caller, target, evaluation, this.model) : [],
      source: { basis: call.basis, url: call.source },
    };
  }

  private callerName(caller: Caller): string {
    if (caller.kind === 'service') return caller.service;
    const { resource } = this.model.roles.byArn(caller.arn);
    return resource ? `role ${resource.logicalId} of stack ${resource.stack.displayName}` : this.show(caller.arn);
  }

  private show(text: string) {
    return this.model.model.show(text);
  }
}

/** A pipeline without a name of its own is called by its logical id. */
function pipelineName(name: string) {
  return name.replace(/^\$\{(\w+)\}$/, '$1');
}

function reasonText({ policy, statement, explanation: words }: Reason) {
  return policy === undefined
    ? words
    : `${policy}${statement === undefined ? '' : `, statement ${statement}`}: ${words}`;
}

const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

function severityOf({ basis }: Call, verdict: 'DENIED' | 'UNKNOWN'): Severity {
  return verdict === 'UNKNOWN' ? 'info' : basis === 'documented' ? 'error' : 'warning';
}

function unmodelled(pipeline: string, stage: string, action: string, what: string): Finding {
  return {
    id: `ProviderUnmodelled[${[pipeline, stage, action].join('/')}]`,
    severity: 'info',
    verdict: 'UNMODELLED',
    stage,
    action,
    message: `which calls ${what} makes is not known here`,
    why: '',
    reasons: [],
    fix: [],
  };
}

/** Calls that are the same in all that matters count once; of their bases the stronger counts. */
function distinct(calls: readonly Call[]): Call[] {
  const found = new Map<string, Call>();
  for (const call of calls) {
    const key = JSON.stringify([call.caller, call.call, call.resource, call.context ?? {}]);
    const known = found.get(key);
    if (!known || (known.basis === 'inferred' && call.basis === 'documented')) found.set(key, call);
  }
  return [...found.values()];
}

/** Two findings may have the same detail; each has an id of its own. */
function withUniqueIds(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const times = (seen.get(finding.id) ?? 0) + 1;
    seen.set(finding.id, times);
    return times === 1 ? finding : { ...finding, id: finding.id.replace(/\]$/, `#${times}]`) };
  });
}
