import java.io.File;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Asks veraPDF, the validator of the PDF Association, whether files are PDF/A-2a and PDF/UA-1. For each file and
 * standard one line: file, standard, true or false, how many assertions; under it each rule that is broken, how often,
 * and what it says. Its own reader of profiles wants JAXB, which is not there: they are read here.
 */
public final class Check {
    private static String text(Element in, String name) {
        NodeList found = in.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().trim();
    }

    private static ValidationProfile profile(String name, PDFAFlavour flavour) throws Exception {
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(Check.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml"))
            .getDocumentElement();
        Set<Rule> rules = new LinkedHashSet<>();
        NodeList found = root.getElementsByTagName("rule");
        for (int at = 0; at < found.getLength(); at++) {
            Element one = (Element) found.item(at);
            Element id = (Element) one.getElementsByTagName("id").item(0);
            Boolean deferred = one.hasAttribute("deferred") ? Boolean.valueOf(one.getAttribute("deferred")) : null;
            rules.add(Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                    PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                    id.getAttribute("clause"),
                    Integer.parseInt(id.getAttribute("testNumber"))),
                one.getAttribute("object"), deferred, one.getAttribute("tags"), text(one, "description"),
                text(one, "test"), Profiles.errorFromValues(text(one, "message"), new ArrayList<>()),
                new ArrayList<>()));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        found = root.getElementsByTagName("variable");
        for (int at = 0; at < found.getLength(); at++) {
            Element one = (Element) found.item(at);
            variables.add(Profiles.variableFromValues(
                one.getAttribute("name"), one.getAttribute("object"), text(one, "defaultValue"), text(one, "value")));
        }
        return Profiles.profileFromValues(
            flavour, Profiles.profileDetailsFromValues(name, "", "", new Date(0)), "", rules, variables);
    }

    private static void told(String file, PDFAFlavour flavour, ValidationProfile profile) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
            PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println(String.join(
                "\t", file, flavour.toString(), "" + result.isCompliant(), "" + result.getTotalAssertions()));
            Map<String, Integer> often = new TreeMap<>();
            for (TestAssertion one : result.getTestAssertions()) {
                if (one.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
                    often.merge(rule + " " + one.getMessage(), 1, Integer::sum);
                }
            }
            often.forEach((rule, count) -> System.out.println("  " + count + " x " + rule));
        }
    }

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        Map<PDFAFlavour, ValidationProfile> profiles = new LinkedHashMap<>();
        profiles.put(PDFAFlavour.PDFA_2_A, profile("PDFA-2A", PDFAFlavour.PDFA_2_A));
        profiles.put(PDFAFlavour.PDFUA_1, profile("PDFUA-1", PDFAFlavour.PDFUA_1));
        for (String file : files) {
            for (Map.Entry<PDFAFlavour, ValidationProfile> one : profiles.entrySet()) {
                told(file, one.getKey(), one.getValue());
            }
        }
    }
}
