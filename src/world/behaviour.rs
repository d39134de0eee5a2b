//! How networks behave: every number with its unit, range, default, source and grade.
//!
//! Sources are named by author and year, or by document, where there is one.

use crate::base::parameters;

parameters! {
    /// How networks behave. All of them alike, but that some are rooted: otherwise what differs between networks is where
    /// they are and what they saw.
    pub struct Behaviour {
        /// Incidents that a network commits in a year where nothing deters it.
        incidents_per_year = 4.0 in 0.0 to 365.0 "a year",
            Assumption: "with a reporting of 0.3, about five recorded incidents a network in four years";
        /// How far networks differ in size: standard deviation of the logarithm of what their incidents do, which is 1 in the mean.
        size_spread = 0.0 in 0.0 to 3.0 "log points",
            Assumption: "0 keeps them alike; no measured sizes of networks were found, and hubs differ by a power law (Bruce et al. 2024, PLOS ONE)";
        /// Mean days between two reviews in which a network reconsiders without any cause.
        review_days = 180.0 in 1.0 to 36500.0 "days",
            Estimate: "0.2 moves a quarter by those exposed (from Johannesen 2014); 1 to 1.5 moves a year of one site (IWF 2006)";
        /// Weight in the value of a place of the risk seen there, which is at least 0 and at most 1.
        risk_weight = 2.0 in 0.0 to 50.0 "logit units",
            Estimate: "fitted to deposits that left a covered haven, -30 to -40 % in two quarters (Johannesen 2014, J. Public Econ. 111), and to victims of states that enforce, -12 % (Hui et al. 2017, MISQ 41); risk alone, no severity (Nagin 2013)";
        /// Weight of the risk (0 to 1) that a site is removed, in the value of a host.
        removal_weight = 6.5 in 0.0 to 50.0 "logit units",
            Estimate: "fitted to hosting by state 1996-2024: a strict state under 1 % within seven years and for good, leaders that last three years and more (IWF annual reports)";
        /// How far sentences count: power of a state's severity in the weight of the risk that it poses.
        severity_power = 0.02 in 0.0 to 2.0 "power",
            Estimate: "severity 0 to -0.1 against -0.17 to -0.34 for certainty, as elasticities (Nagin 2013; Chalfin and McCrary 2018, recalled), of one state among others, which at 0.1 would be -0.4; announced sentences 0 within 5 % (Collier et al. 2019)";
        /// Slope of a rank-size rule by which attractions are multiplied, on states in an order drawn by the seed; 0: as stated.
        attraction_slope = 0.0 in 0.0 to 5.0 "power",
            Assumption: "0 keeps what a scenario states; on record is 1.13, in a survey of hubs (Bruce et al. 2024, PLOS ONE)";
        /// Share of the networks of a market that are based in it, beside those whom attraction brings there.
        home_share = 0.0 in 0.0 to 1.0 "share",
            Assumption: "0 keeps where networks are apart from whom they harm; on record are 0.27 of detected victims in their own country in 2007-10 (UNODC 2012), more than half since 2016 (UNODC 2018 and 2020, recalled)";
        /// The same for the other states of the market's region.
        region_share = 0.0 in 0.0 to 1.0 "share",
            Assumption: "0 as above; on record are about 0.5 of detected victims who had crossed a border inside their region in 2007-10 (UNODC 2012)";
        /// Share of the networks that are rooted: their people live where they are, whatever the law says there.
        rooted_share = 0.5 in 0.0 to 1.0 "share",
            Estimate: "fitted to what stays in a covered haven, 60 to 70 % after two quarters (Johannesen 2014), and to victims of states that enforce, -12 % (Hui et al. 2017, MISQ 41); of detected victims 0.27 to 0.65 are found in their own country (UNODC 2012; 2018 and 2020, recalled)";
        /// How far fewer incidents a network commits where punishment is certain: by so much falls their logarithm from a market that is seen to reach nobody to one that is seen to reach everybody.
        deterrence = 0.15 in 0.0 to 5.0 "log points",
            Estimate: "fitted to victims of states that enforce, -12 % or more, whatever others gain (Hui et al. 2017, MISQ 41); an elasticity to certainty of at most 0.15, and less where certainty is low, below those to police (-0.17 to -0.34: Nagin 2013; Chalfin and McCrary 2018, recalled)";
        /// Value of giving up for good, beside that of going on without risk: what a lawful life offers.
        lawful_life = -3.5 in -50.0 to 50.0 "logit units",
            Estimate: "of those who leave a covered haven under a fifth return to lawful places (Johannesen 2014)";
        /// Cost of moving the base: people move.
        cost_base = 2.0 in 0.0 to 20.0 "logit units",
            Assumption: "people move less readily than sites";
        /// Cost of moving the host.
        cost_host = 0.5 in 0.0 to 20.0 "logit units",
            Estimate: "switching is easy (Noroozian et al. 2019, USENIX Security; IWF 2006)";
        /// Cost of turning to another market.
        cost_market = 1.0 in 0.0 to 20.0 "logit units",
            Assumption: "language and custom, between host and base";
        /// Cost of turning to another line.
        cost_line = 1.5 in 0.0 to 20.0 "logit units",
            Assumption: "that it happens is shown for assets (Bomare and Le Guern Herry), not how readily";
        /// Cost of another identity in the same place: a national of the base in front, what was seen until then gone.
        cost_principal = 1.0 in 0.0 to 20.0 "logit units",
            Assumption: "that it happens at once is shown for owners (Caruana-Galizia 2016), not at which price";
        /// Weight of the base when the aspect to reconsider is drawn.
        consider_base = 1.0 in 0.0 to 100.0 "weight",
            Assumption: "all alike, hosts twice";
        /// Weight of the host when the aspect to reconsider is drawn.
        consider_host = 2.0 in 0.0 to 100.0 "weight",
            Estimate: "sites move more often than people (IWF 2006)";
        /// Weight of the market when the aspect to reconsider is drawn.
        consider_market = 1.0 in 0.0 to 100.0 "weight",
            Estimate: "fitted to victims of states that enforce, -12 % within the years of the study (Hui et al. 2017, MISQ 41)";
        /// Weight of the line when the aspect to reconsider is drawn.
        consider_line = 1.0 in 0.0 to 100.0 "weight",
            Assumption: "all alike, hosts twice";
        /// Weight of the principal when the aspect to reconsider is drawn.
        consider_principal = 0.5 in 0.0 to 100.0 "weight",
            Assumption: "sign only (Caruana-Galizia 2016)";
        /// Chance that a case opened against an earlier identity no longer reaches a network.
        identity_shield = 0.5 in 0.0 to 1.0 "chance",
            Assumption: "sign only: owners and places switch (Caruana-Galizia 2016)";
        /// Weight of another network's outcome beside one's own.
        others_discount = 0.1 in 0.0 to 1.0 "share",
            Assumption: "publicised cases of others move little (Collier et al. 2019), yet certainty tells (Nagin 2013); among 400 networks, and in proportion less among more";
        /// Days after which an outcome counts half.
        memory_days = 730.0 in 1.0 to 36500.0 "days",
            Assumption: "leading hosts change within a few years (from IWF annual reports)";
        /// How far outcomes lose their weight where the law promises another risk than when they were seen: by so much times the difference.
        law_contrast = 0.0 in 0.0 to 1.0 "share",
            Assumption: "0: what came of cases under another law counts as any. With 1 those seen where nobody was reached count nothing where everybody is, and convictions rise with membership far more than on record (T16)";
        /// How many outcomes the law on the books is worth.
        prior_strength = 6.0 in 0.0 to 1000.0 "outcomes",
            Assumption: "about what a network sees of its own in five years";
        /// Reach of a state that prosecutes instead of surrendering, beside surrender.
        reach_prosecution = 0.7 in 0.0 to 1.0 "share",
            Assumption: "evidence and witnesses are elsewhere";
        /// Reach of a partial grant.
        reach_partial = 0.5 in 0.0 to 1.0 "share",
            Assumption: "half";
        /// Reach of an answer that may come late or needs information first.
        reach_delayed = 0.5 in 0.0 to 1.0 "share",
            Assumption: "half";
        /// Chance that a network notices the removal of its own site and thinks further than a new host.
        notices_own = 0.8 in 0.0 to 1.0 "chance",
            Assumption: "hardly to be overlooked";
        /// Chance that a network notices one act of enforcement against another at the same base or host.
        notices_near = 0.05 in 0.0 to 1.0 "chance",
            Assumption: "small (Collier et al. 2019); among 400 networks, and in proportion less among more";
        /// Chance that a network reads of a change of law that takes its safety away altogether.
        reads_law = 0.5 in 0.0 to 1.0 "chance",
            Estimate: "-30 to -40 % in two quarters, before any case could end (Johannesen 2014), where half of the networks are rooted";
        /// Mean days until it acts on it.
        law_reading_days = 60.0 in 1.0 to 3650.0 "days",
            Estimate: "within two quarters (Johannesen 2014)";
        /// Share of the first networks that chose their place with the law in view; the others by attraction alone.
        founders_read_law = 0.0 in 0.0 to 1.0 "share",
            Assumption: "0 starts every variant of a scenario from the same world, at quotient 1";
        /// Share of the newcomers that take market and line of the network whose place they take; the others choose both afresh.
        same_market_share = 1.0 in 0.0 to 1.0 "share",
            Assumption: "1: a market that lost its networks fills again, as the next site did (Craigslist 2010, Backpage 2018, press). With 0 a vacancy is one of the world, and other markets overflow";
        /// Mean days until a dismantled network is replaced, if the newcomer expects no risk.
        replacement_days = 42.0 in 1.0 to 36500.0 "days",
            Estimate: "half-life of the gap about 34 days (McColo 2008, Virus Bulletin 2009), 30 to 60 days (Craigslist 2010, Backpage 2018, press)";
        /// How strongly a worse expected return delays replacement: power of the logit's inclusive value.
        replacement_elasticity = 0.3 in 0.0 to 10.0 "power",
            Assumption: "keeps the half-life of a gap inside 30 to 60 days at usual risks";
        /// By how many times its usual time a seized site is back later where as many fall at once as stand, or more; with fewer in proportion.
        site_back_breadth = 16.0 in 0.0 to 1000.0 "times",
            Estimate: "breadth sets length: under 4 weeks after one takedown, 10 to 13 after coordinated ones (Collier et al. 2019), which take half of all sites in target T9; a hub of more than half is a gap of half-life 20 to 60 days (McColo 2008, Backpage 2018)";
        /// Mean days until a removed site is back somewhere.
        site_back_days = 3.0 in 1.0 to 3650.0 "days",
            Assumption: "switching is easy (Noroozian et al. 2019)";
    }
}

impl Behaviour {
    /// What is wrong between numbers that are each in their range, in sentences.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let tied = self.home_share + self.region_share;
        let message = || "`home-share` and `region-share` are more than all networks together".to_owned();
        (tied > 1.0).then(message).into_iter().collect()
    }
}
