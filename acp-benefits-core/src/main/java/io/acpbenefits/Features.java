package io.acpbenefits;

import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.application.BenefitChanges;
import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.benefitcenter.BenefitCenter;
import io.acpbenefits.benefitcenter.EmbeddedBenefitCenter;
import io.acpbenefits.certificate.Candidacies;
import io.acpbenefits.certificate.CertificateBindings;
import io.acpbenefits.certificate.Certificates;
import io.acpbenefits.certificate.Sittings;
import io.acpbenefits.common.Actor;
import io.acpbenefits.eligibility.QuotaRecalculation;
import io.acpbenefits.erasure.Erasures;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.examcode.BulkAssignments;
import io.acpbenefits.examcode.CodeImports;
import io.acpbenefits.examcode.CodeInterventions;
import io.acpbenefits.examcode.CodeUse;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.examrecord.ExamRecordPulls;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.examrecord.FeedName;
import io.acpbenefits.examrecord.PullPolicy;
import io.acpbenefits.health.Health;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.insight.Insights;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.invitation.Invitations;
import io.acpbenefits.invitation.JoinRequests;
import io.acpbenefits.notification.Notices;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.Partners;
import io.acpbenefits.pearsonvue.EmbeddedPearsonVue;
import io.acpbenefits.pearsonvue.ExamBookings;
import io.acpbenefits.pearsonvue.PearsonVue;
import io.acpbenefits.pearsonvue.PearsonVuePolicy;
import io.acpbenefits.permission.Access;
import io.acpbenefits.quota.Quotas;
import io.acpbenefits.registration.ErasedIds;
import io.acpbenefits.registration.ExamRegistrations;
import io.acpbenefits.secret.Vault;
import org.jspecify.annotations.Nullable;

/** What the library is made of: each feature's entry, built on those that it needs. */
final class Features {

  private static final FeedName PEARSON_VUE = new FeedName("pearson-vue");

  final Access access;
  final Audit audit;
  final Notices notices;
  final Partners partners;
  final Exams exams;
  final Quotas quotas;
  final QuotaRecalculation quotaRecalculation;
  final Accounts accounts;
  final Organizations organizations;
  final Invitations invitations;
  final JoinRequests joinRequests;
  final ExamCodes examCodes;
  final CodeInterventions codeInterventions;
  final BulkAssignments bulkAssignments;
  final CodeImports codeImports;
  final BenefitChanges benefitChanges;
  final BenefitApplications applications;
  final ExamRegistrations registrations;
  final ExamRecords examRecords;
  final @Nullable ExamRecordPulls examRecordPulls;
  final Certificates certificates;
  final CertificateBindings bindings;
  final Candidacies candidacies;
  final Insights insights;
  final Health health;
  final Erasures erasures;
  final @Nullable EmbeddedBenefitCenter embeddedBenefitCenter;
  final @Nullable EmbeddedPearsonVue embeddedPearsonVue;
  final @Nullable PearsonVue pearsonVue;
  final @Nullable ExamBookings examBookings;

  Features(AcpBenefitsBuilder builder, Domain domain) {
    Vault vault = new Vault(builder.keys());
    ErasedIds erasedIds = new ErasedIds(vault);
    Policies policies = builder.policies;
    this.access = new Access(domain, builder.permissions);
    AuditLog log = new AuditLog(domain);
    this.audit = new Audit(domain, access, log);
    RequestKeys requestKeys = new RequestKeys(domain, vault);
    this.notices = new Notices(domain, access, log, builder.notifier, policies.notice());
    this.partners = new Partners(domain, access, log);
    this.exams = new Exams(domain, access, log);
    this.quotas = new Quotas(domain, access, log, requestKeys, partners);
    this.accounts = new Accounts(domain);
    this.organizations = new Organizations(domain, access, log, partners, accounts);
    this.invitations =
        new Invitations(domain, access, log, organizations, vault, policies.invitation());
    this.joinRequests =
        new JoinRequests(
            domain, access, log, accounts, organizations, invitations, policies.invitation());
    this.examCodes =
        new ExamCodes(
            domain,
            access,
            log,
            requestKeys,
            partners,
            exams,
            accounts,
            organizations,
            vault,
            policies.code());
    this.codeInterventions = new CodeInterventions(domain, access, partners, exams, examCodes);
    this.bulkAssignments = new BulkAssignments(domain, access, requestKeys, exams, examCodes);
    this.codeImports = new CodeImports(domain, access, requestKeys, partners, exams, examCodes);
    CodeUse codeUse = new CodeUse(domain, examCodes);
    this.benefitChanges = new BenefitChanges(domain, access, exams, examCodes);
    BenefitCenter chosen = builder.benefitCenter;
    BenefitCenter benefitCenter =
        chosen != null
            ? chosen
            : new EmbeddedBenefitCenter(domain, access, log, requestKeys, vault, examCodes);
    this.embeddedBenefitCenter =
        benefitCenter instanceof EmbeddedBenefitCenter embedded ? embedded : null;
    this.applications =
        new BenefitApplications(
            domain,
            access,
            log,
            requestKeys,
            partners,
            exams,
            quotas,
            organizations,
            examCodes,
            benefitCenter,
            policies.application());
    this.registrations =
        new ExamRegistrations(
            domain,
            access,
            log,
            requestKeys,
            exams,
            accounts,
            codeUse,
            policies.code(),
            policies.binding().syncWindow());
    this.examRecords =
        new ExamRecords(domain, access, log, exams, accounts, codeUse, registrations, erasedIds);
    PearsonVuePolicy embedded = builder.embeddedPearsonVue;
    this.embeddedPearsonVue =
        embedded == null
            ? null
            : new EmbeddedPearsonVue(domain, access, log, requestKeys, vault, embedded);
    this.pearsonVue = embeddedPearsonVue != null ? embeddedPearsonVue : builder.pearsonVue;
    this.examBookings =
        pearsonVue == null
            ? null
            : new ExamBookings(
                domain,
                access,
                log,
                requestKeys,
                accounts,
                examCodes,
                codeUse,
                registrations,
                pearsonVue,
                policies.booking());
    this.examRecordPulls = pulls(builder, domain);
    this.health =
        new Health(
            domain,
            access,
            exams,
            embeddedBenefitCenter,
            examRecordPulls,
            notices,
            applications,
            examBookings == null ? null : examBookings.requests(Actor.system()));
    this.certificates =
        new Certificates(
            domain,
            access,
            log,
            requestKeys,
            exams,
            accounts,
            examRecords,
            organizations,
            policies.tally(),
            policies.certificate());
    this.bindings =
        new CertificateBindings(
            domain,
            access,
            log,
            exams,
            accounts,
            organizations,
            examRecords,
            certificates,
            new Sittings(domain, registrations, examCodes, codeUse, examRecords),
            policies.binding());
    this.candidacies =
        new Candidacies(
            domain, access, examCodes, registrations, examRecords, certificates, bindings);
    this.insights =
        new Insights(
            domain,
            access,
            exams,
            organizations,
            certificates,
            policies.tally(),
            policies.invitation(),
            policies.binding());
    this.erasures =
        new Erasures(
            domain,
            access,
            log,
            requestKeys,
            accounts,
            organizations,
            invitations,
            joinRequests,
            examRecords,
            erasedIds,
            policies.retention());
    this.quotaRecalculation =
        new QuotaRecalculation(domain, access, partners, certificates, quotas, policies.quota());
  }

  /** From the host's source; else from the embedded Pearson VUE, if that was chosen. */
  private @Nullable ExamRecordPulls pulls(AcpBenefitsBuilder builder, Domain domain) {
    AcpBenefitsBuilder.PulledSource chosen = builder.examRecords;
    if (chosen != null) {
      return new ExamRecordPulls(
          domain, access, examRecords, chosen.name(), chosen.source(), chosen.policy());
    }
    return embeddedPearsonVue == null
        ? null
        : new ExamRecordPulls(
            domain, access, examRecords, PEARSON_VUE, embeddedPearsonVue, PullPolicy.DEFAULT);
  }
}
