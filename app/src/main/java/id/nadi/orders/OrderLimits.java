package id.nadi.orders;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The order road's sizes and times ({@code nadi.orders.*}).
 *
 * @param placingWriters gathered writers that place orders; one was best on two cores, as its batches are larger
 * @param attemptWriters gathered writers that begin attempts
 * @param settlementWriters gathered writers that record outcomes
 * @param queueMax commands that may wait in one writer; more are refused with QUEUE_FULL
 * @param batchMax commands in one batch
 * @param openMax orders that one process carries at once; more are refused with QUEUE_FULL
 * @param concurrentCallsMax calls to suppliers at once from one process
 * @param placeTimeout how long a door waits before it answers OUTCOME_UNKNOWN
 * @param doubtMax how long a batch whose commit is in doubt is posted again
 * @param lease how long a worker that says nothing is believed to be alive
 * @param leaseMargin by how much a lease must outlast a call before the call may begin
 * @param recoveryEvery how often dead workers are looked for
 * @param checkEvery how often orders are looked for whose check is due
 * @param checkBatchMax checks claimed at once
 * @param checkClaim after which another worker may take over a check that was claimed
 * @param soleWorker whether no other process can be at work on this database, so that all other leases are void
 */
@ConfigurationProperties("nadi.orders")
public record OrderLimits(
        @DefaultValue("1") int placingWriters,
        @DefaultValue("1") int attemptWriters,
        @DefaultValue("1") int settlementWriters,
        @DefaultValue("10000") int queueMax,
        @DefaultValue("512") int batchMax,
        @DefaultValue("20000") int openMax,
        @DefaultValue("512") int concurrentCallsMax,
        @DefaultValue("10s") Duration placeTimeout,
        @DefaultValue("60s") Duration doubtMax,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("5s") Duration leaseMargin,
        @DefaultValue("2s") Duration recoveryEvery,
        @DefaultValue("500ms") Duration checkEvery,
        @DefaultValue("100") int checkBatchMax,
        @DefaultValue("2m") Duration checkClaim,
        @DefaultValue("false") boolean soleWorker) {}
