import io.github.cdkpipelinepatterns.AlarmGateOptions;
import io.github.cdkpipelinepatterns.DeploymentEnvironment;
import io.github.cdkpipelinepatterns.DeploymentEnvironmentOptions;
import io.github.cdkpipelinepatterns.Gate;
import io.github.cdkpipelinepatterns.Notification;
import io.github.cdkpipelinepatterns.PipelineSource;
import io.github.cdkpipelinepatterns.SuccessCondition;
import io.github.cdkpipelinepatterns.WebAppPipeline;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;

public class Bake {
    public static void main(String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "Shop");

        Alarm failedOrders = Alarm.Builder.create(stack, "FailedOrders")
            .metric(Metric.Builder.create()
                .namespace("Shop").metricName("FailedOrders").statistic("Sum").period(Duration.minutes(1)).build())
            .threshold(5)
            .evaluationPeriods(3)
            .datapointsToAlarm(2)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();

        Topic onCall = new Topic(stack, "OnCall");
        failedOrders.addAlarmAction(new SnsAction(onCall));

        WebAppPipeline.Builder.create(stack, "Site")
            .source(PipelineSource.gitHub("acme/shop", "main"))
            .environments(List.of(
                new DeploymentEnvironment("staging"),
                new DeploymentEnvironment("production", DeploymentEnvironmentOptions.builder()
                    .onSuccess(SuccessCondition.rollBackUnless(List.of(Gate.alarmsHealthy(
                        List.of(failedOrders), AlarmGateOptions.builder().waitTime(Duration.minutes(30)).build()))))
                    .build())))
            .notifications(Notification.email(List.of("release@example.com")))
            .build();

        app.synth();
    }
}
