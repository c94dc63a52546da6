// Runs JavaRosa on one form and prints figures: the reference of the form benchmarks. CPU time of this thread only:
// the compiler and the collector, which work beside it, cost it nothing.

import java.io.FileInputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.IntegerData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormUtils;

public final class FormDriver {
    private static FormDef form;
    private static FormEntryController controller;

    private FormDriver() {}

    public static void main(String[] args) throws Exception {
        new XFormsModule().registerModule();
        String file = args[1];
        switch (args[0]) {
            case "load" -> {
                double cold = load(file);
                System.out.println(cold + " " + measured(Integer.parseInt(args[2]), i -> loaded(file)));
            }
            case "answer" -> {
                load(file);
                System.out.println(answers(args));
            }
            case "rows" -> {
                load(file);
                System.out.println(rows(Integer.parseInt(args[2]), Integer.parseInt(args[3])));
            }
            case "choices" -> {
                load(file);
                System.out.println(choices(Integer.parseInt(args[2])));
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double load(String file) throws Exception {
        long begun = now();
        form = XFormUtils.getFormFromInputStream(new FileInputStream(file));
        form.initialize(true, new InstanceInitializationFactory());
        double spent = (now() - begun) / 1e6;
        controller = new FormEntryController(new FormEntryModel(form));
        return spent;
    }

    private static void loaded(String file) {
        try {
            load(file);
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    /** Median milliseconds of the later half of the rounds, when the compiler has done its work. */
    private static double measured(int rounds, IntConsumer act) {
        double[] times = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long begun = now();
            act.accept(i);
            times[i] = (now() - begun) / 1e6;
        }
        double[] late = Arrays.copyOfRange(times, rounds / 2, rounds);
        Arrays.sort(late);
        return late.length == 0 ? 0 : late[late.length / 2];
    }

    private static FormIndex find(String path) {
        FormIndex index = FormIndex.createBeginningOfFormIndex();
        do {
            index = controller.getModel().incrementIndex(index);
            if (index.getReference() != null && index.getReference().genericize().toString(false).equals(path)) {
                return index;
            }
        } while (!index.isEndOfFormIndex());
        throw new IllegalArgumentException(path);
    }

    private static IAnswerData data(String value) {
        return value.matches("-?\\d+") ? new IntegerData(Integer.parseInt(value))
            : new SelectOneData(new Selection(value.substring(1)));
    }

    /** answer FILE PATH FIRST SECOND ROUNDS CHECK [FILL]: the two answers in turn; CHECK also asks for all constraints. */
    private static double answers(String[] args) {
        boolean check = args[6].equals("check");
        if (args.length > 7) {
            for (int i = 1; i <= 501; i++) {
                controller.answerQuestion(find(args[7] + i), data("5"), true);
            }
        }
        FormIndex index = find(args[2]);
        return measured(Integer.parseInt(args[5]), i -> {
            controller.answerQuestion(index, data(args[3 + i % 2]), true);
            if (check) {
                form.validate();
            }
        });
    }

    private static String rows(int count, int rounds) {
        for (int i = 1; i < count; i++) {
            newRow();
        }
        double[] taken = new double[2];
        taken[0] = measured(rounds, i -> {
            newRow();
        });
        taken[1] = measured(rounds, i -> {
            FormIndex index = find("/data/r");
            controller.deleteRepeat(index);
        });
        return taken[0] + " " + taken[1];
    }

    private static void newRow() {
        FormIndex index = FormIndex.createBeginningOfFormIndex();
        do {
            index = controller.getModel().incrementIndex(index);
        } while (controller.getModel().getEvent(index) != FormEntryController.EVENT_PROMPT_NEW_REPEAT);
        controller.newRepeat(index);
    }

    private static double choices(int rounds) {
        FormIndex province = find("/data/il");
        FormIndex quarter = find("/data/mahalle");
        double[] times = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            controller.answerQuestion(province, new SelectOneData(new Selection("p" + i % 81)), true);
            long begun = now();
            controller.getModel().getQuestionPrompt(quarter).getSelectChoices();
            times[i] = (now() - begun) / 1e6;
        }
        double[] late = Arrays.copyOfRange(times, rounds / 2, rounds);
        Arrays.sort(late);
        return late[late.length / 2];
    }
}
